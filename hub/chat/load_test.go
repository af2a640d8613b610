package chat

import (
	"fmt"
	"reflect"
	"testing"
)

func TestPlacesSayWhatIsWrong(t *testing.T) {
	site := &Site{ID: "s", SiteSettings: SiteSettings{AllowedOrigins: []string{"https://shop.example", "https://*.shop.example"}}}
	const hour = 3_600_000
	own := func(what, origin string, at Time) Load { return Load{SiteID: "s", Origin: origin, What: what, At: at} }
	nobodys := func(what, origin string, at Time) Load { return Load{Origin: origin, What: what, At: at} }
	cases := map[string]struct {
		loads []Load
		want  []Place
	}{
		"never": {nil, []Place{}},
		"it works, and was opened": {
			[]Load{nobodys(LoadScript, "https://shop.example", hour), own(LoadConfig, "https://shop.example", hour), own(LoadPanel, "https://shop.example", 5)},
			[]Place{{"https://shop.example", PlaceWorks, hour, 5, ""}}},
		"a whole label, and a part of one": {
			[]Load{own(LoadConfig, "https://a.b.shop.example", 3), own(LoadConfig, "https://workshop.example", 2)},
			[]Place{{"https://a.b.shop.example", PlaceWorks, 3, 0, ""}, {"https://workshop.example", PlaceRefused, 2, 0, ""}}},
		"http instead of https, and www": {
			[]Load{own(LoadConfig, "http://shop.example", 3), own(LoadConfig, "http://www.shop.example", 2)},
			[]Place{{"http://shop.example", PlaceRefused, 3, 0, "https://shop.example"}, {"http://www.shop.example", PlaceRefused, 2, 0, "https://shop.example"}}},
		"a key that is nobody's": {
			[]Load{nobodys(LoadStranger, "https://shop.example", hour), own(LoadConfig, "https://shop.example", 1)},
			[]Place{{"https://shop.example", PlaceStranger, hour, 0, ""}}},
		"the key was mended since": {
			[]Load{nobodys(LoadStranger, "https://shop.example", hour), own(LoadConfig, "https://shop.example", 2*hour)},
			[]Place{{"https://shop.example", PlaceWorks, 2 * hour, 0, ""}}},
		"only the script, here and at strangers": {
			[]Load{nobodys(LoadScript, "https://shop.example", hour), nobodys(LoadScript, "https://other.example", hour)},
			[]Place{{"https://shop.example", PlaceSilent, hour, 0, ""}}},
		"pages that hide where they are": {
			[]Load{own(LoadConfig, "", 7)},
			[]Place{{"", PlaceUnnamed, 7, 0, ""}}},
	}
	for name, c := range cases {
		if got := PlacesOf(site, c.loads); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// Hosts that a wildcard allows can be made up: they push out no page that is named.
func TestNamedPagesOutliveWildcards(t *testing.T) {
	allowed := []string{"https://shop.example", "https://*.shop.example"}
	loads := []Load{{SiteID: "s", Origin: "https://shop.example", What: LoadConfig, At: 1}, {SiteID: "s", Origin: "https://evil.example", What: LoadConfig, At: 9_999}}
	for i := range maxLoads {
		loads = append(loads, Load{SiteID: "s", Origin: fmt.Sprintf("https://a%d.shop.example", i), What: LoadConfig, At: Time(100 + i)})
	}
	gone := TooManyLoads(loads, allowed)
	if len(gone) != 2 || gone[0].Origin != "https://a0.shop.example" || gone[1].Origin != "https://evil.example" {
		t.Errorf("forgotten: %+v", gone)
	}
}
