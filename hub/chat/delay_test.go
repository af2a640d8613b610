package chat

import "testing"

func TestAReferenceIsNamedAsAWhole(t *testing.T) {
	for reference, texts := range map[string]map[string]bool{
		"4411": {
			"Send order 4411": true, "4411": true, "#4411, today": true, "(4411)": true, "order 4411.": true, "order:4411-": true, "Über 4411 für Müller": true,
			"14411 or 4411": true, "": false, "44110": false, "14411": false, "4411-2": false, "A-4411": false, "4411.5": false, "ü4411": false, "order": false,
		},
		"P-17/2": {"Send p-17/2.": true, "P-17/21": false, "P-17": false},
		"Ü7":     {"ü7 today": true, "xü7": false},
	} {
		for text, want := range texts {
			if got := (&Delay{Reference: reference}).Names(text); got != want {
				t.Errorf("%q names %q: %v", text, reference, got)
			}
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Send order 4411.", "4411")
	f.Add("\xff4411", "\xff")
	f.Fuzz(func(t *testing.T, text, reference string) {
		d := Delay{Reference: reference}
		if err := d.Clean(1); err != nil {
			return
		}
		if d.Names(text); !d.Names("Order: " + d.Reference + "!") {
			t.Errorf("%q is not named by itself", d.Reference)
		}
	})
}
