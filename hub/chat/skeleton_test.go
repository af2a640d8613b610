package chat

import "testing"

func TestNamesThatWouldBeTakenForOne(t *testing.T) {
	for _, pair := range [][2]string{
		{"Ana Ruiz", "ana ruiz"}, {"Ana Ruiz", "Ana  Ruiz"}, {"Ana Ruiz", "AnaRuiz"}, {"Ana Ruiz", "Ana-Ruíz"},
		{"Ana Ruiz", "Ana Ruiz."}, {"Ana Ruiz", "\u0410n\u0430 Ruiz"}, {"ANA RUIZ", "\u0410N\u0410 RUIZ"}, {"Ana", "\u0410NA"},
		{"Ana Ruiz", "Ａｎａ Ｒｕｉｚ"}, {"Ana Ruiz", "𝐀𝐧𝐚 𝐑𝐮𝐢𝐳"}, {"Ali", "AIi"}, {"Ian", "lan"}, {"Otto", "0tto"}, {"Will", "Wi11"},
		{"Zoë", "Zoe"}, {"Łukasz", "Lukasz"}, {"Вера", "ВЕРА"}, {"Νίκος", "νικος"}, {"مُحَمَّد", "محمد"}, {"Ben", "B\u200ben"},
		{"🙂", "🙂"}, {"Jose\u0301", "José"},
	} {
		if !SameName(pair[0], pair[1]) || !SameName(pair[1], pair[0]) {
			t.Errorf("%q and %q are told apart", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{
		{"Ana Ruiz", "Ana R."}, {"Ian", "Lan"}, {"Neil", "Nell"}, {"NEIL", "NELL"}, {"Marnie", "Mamie"}, {"Ben", "Bea"},
		{"सुमन", "समन"}, {"李", "王"}, {"Вера", "Бера"}, {"🙂", "🙃"}, {"Ana 1", "Ana 2"},
	} {
		if SameName(pair[0], pair[1]) || SameName(pair[1], pair[0]) {
			t.Errorf("%q is taken for %q", pair[0], pair[1])
		}
	}
}

func TestTwinsAreLatin(t *testing.T) {
	for letter, twin := range twinOf {
		if letter < 0x80 || twin >= 0x80 {
			t.Errorf("%q is drawn like %q", letter, twin)
		}
	}
}

func FuzzSameName(f *testing.F) {
	f.Add("Ana Ruiz")
	f.Add("\u0301|\xff")
	f.Fuzz(func(t *testing.T, name string) {
		if !SameName(name, name) {
			t.Errorf("%q is not itself", name)
		}
	})
}
