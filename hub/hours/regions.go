package hours

import (
	"slices"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// Region is a country, or a part of one with holidays of its own.
type Region struct {
	Code string `json:"code"` // ISO 3166: "DE", "DE-BY"
	Name string `json:"name"` // of a part, in its own language; "" for a country
}

// region is one whose holidays are known.
type region struct {
	Region
	rules []*cal.Holiday
}

// regions are all that the library knows, in order of their codes.
var regions = []region{
	{Region{"AR", ""}, ar.Holidays},
	{Region{"AT", ""}, at.Holidays},
	{Region{"AU-ACT", "Australian Capital Territory"}, au.HolidaysACT},
	{Region{"AU-NSW", "New South Wales"}, au.HolidaysNSW},
	{Region{"AU-NT", "Northern Territory"}, au.HolidaysNT},
	{Region{"AU-QLD", "Queensland"}, au.HolidaysQLD},
	{Region{"AU-SA", "South Australia"}, au.HolidaysSA},
	{Region{"AU-TAS", "Tasmania"}, au.HolidaysTAS},
	{Region{"AU-VIC", "Victoria"}, au.HolidaysVIC},
	{Region{"AU-WA", "Western Australia"}, au.HolidaysWA},
	{Region{"BE", ""}, be.Holidays},
	{Region{"BG", ""}, bg.Holidays},
	{Region{"BR", ""}, br.Holidays},
	{Region{"CA", ""}, ca.Holidays},
	{Region{"CH", ""}, ch.Holidays},
	{Region{"CH-AG", "Aargau"}, ch.HolidaysAG},
	{Region{"CH-AI", "Appenzell Innerrhoden"}, ch.HolidaysAI},
	{Region{"CH-AR", "Appenzell Ausserrhoden"}, ch.HolidaysAR},
	{Region{"CH-BE", "Bern"}, ch.HolidaysBE},
	{Region{"CH-BL", "Basel-Landschaft"}, ch.HolidaysBL},
	{Region{"CH-BS", "Basel-Stadt"}, ch.HolidaysBS},
	{Region{"CH-FR", "Fribourg"}, ch.HolidaysFR},
	{Region{"CH-GE", "Genève"}, ch.HolidaysGE},
	{Region{"CH-GL", "Glarus"}, ch.HolidaysGL},
	{Region{"CH-GR", "Graubünden"}, ch.HolidaysGR},
	{Region{"CH-JU", "Jura"}, ch.HolidaysJU},
	{Region{"CH-LU", "Luzern"}, ch.HolidaysLU},
	{Region{"CH-NE", "Neuchâtel"}, ch.HolidaysNE},
	{Region{"CH-NW", "Nidwalden"}, ch.HolidaysNW},
	{Region{"CH-OW", "Obwalden"}, ch.HolidaysOW},
	{Region{"CH-SG", "St. Gallen"}, ch.HolidaysSG},
	{Region{"CH-SH", "Schaffhausen"}, ch.HolidaysSH},
	{Region{"CH-SO", "Solothurn"}, ch.HolidaysSO},
	{Region{"CH-SZ", "Schwyz"}, ch.HolidaysSZ},
	{Region{"CH-TG", "Thurgau"}, ch.HolidaysTG},
	{Region{"CH-TI", "Ticino"}, ch.HolidaysTI},
	{Region{"CH-UR", "Uri"}, ch.HolidaysUR},
	{Region{"CH-VD", "Vaud"}, ch.HolidaysVD},
	{Region{"CH-VS", "Valais"}, ch.HolidaysVS},
	{Region{"CH-ZG", "Zug"}, ch.HolidaysZG},
	{Region{"CH-ZH", "Zürich"}, ch.HolidaysZH},
	{Region{"CZ", ""}, cz.Holidays},
	{Region{"DE", ""}, de.Holidays},
	{Region{"DE-BB", "Brandenburg"}, de.HolidaysBB},
	{Region{"DE-BE", "Berlin"}, de.HolidaysBE},
	{Region{"DE-BW", "Baden-Württemberg"}, de.HolidaysBW},
	{Region{"DE-BY", "Bayern"}, de.HolidaysBY},
	{Region{"DE-HB", "Bremen"}, de.HolidaysHB},
	{Region{"DE-HE", "Hessen"}, de.HolidaysHE},
	{Region{"DE-HH", "Hamburg"}, de.HolidaysHH},
	{Region{"DE-MV", "Mecklenburg-Vorpommern"}, de.HolidaysMV},
	{Region{"DE-NI", "Niedersachsen"}, de.HolidaysNI},
	{Region{"DE-NW", "Nordrhein-Westfalen"}, de.HolidaysNW},
	{Region{"DE-RP", "Rheinland-Pfalz"}, de.HolidaysRP},
	{Region{"DE-SH", "Schleswig-Holstein"}, de.HolidaysSH},
	{Region{"DE-SL", "Saarland"}, de.HolidaysSL},
	{Region{"DE-SN", "Sachsen"}, de.HolidaysSN},
	{Region{"DE-ST", "Sachsen-Anhalt"}, de.HolidaysST},
	{Region{"DE-TH", "Thüringen"}, de.HolidaysTH},
	{Region{"DK", ""}, dk.Holidays},
	{Region{"ES", ""}, es.Holidays},
	{Region{"FR", ""}, fr.Holidays},
	{Region{"GB", ""}, gb.Holidays},
	{Region{"GR", ""}, gr.Holidays},
	{Region{"HR", ""}, hr.Holidays},
	{Region{"IE", ""}, ie.Holidays},
	{Region{"IT", ""}, it.Holidays},
	{Region{"JP", ""}, jp.Holidays},
	{Region{"LT", ""}, lt.Holidays},
	{Region{"LV", ""}, lv.Holidays},
	{Region{"MW", ""}, mw.Holidays},
	{Region{"NC", ""}, nc.Holidays},
	{Region{"NL", ""}, nl.Holidays},
	{Region{"NO", ""}, no.Holidays},
	{Region{"NZ", ""}, nz.Holidays},
	{Region{"PL", ""}, pl.Holidays},
	{Region{"RO", ""}, ro.Holidays},
	{Region{"RU", ""}, ru.Holidays},
	{Region{"SE", ""}, se.Holidays},
	{Region{"SI", ""}, si.Holidays},
	{Region{"SK", ""}, sk.Holidays},
	{Region{"UA", ""}, ua.Holidays},
	{Region{"US", ""}, us.Holidays},
	{Region{"ZA", ""}, za.Holidays},
}

// Regions lists the countries whose public holidays are known, and their parts.
func Regions() []Region {
	out := make([]Region, len(regions))
	for i := range regions {
		out[i] = regions[i].Region
	}
	return out
}

// Known reports whether the holidays of a country or region are known.
func Known(code string) bool { return rules(code) != nil }

func rules(code string) []*cal.Holiday {
	i := slices.IndexFunc(regions, func(r region) bool { return r.Code == code })
	if i < 0 {
		return nil
	}
	return regions[i].rules
}
