package chat

import (
	"reflect"
	"strings"
	"testing"
)

func TestATeamIsBroughtIntoOrder(t *testing.T) {
	v := Team{Name: "  Repairs\u200b ", Members: []string{"b", "a", "b"}, Skills: Skills{
		Segments: []string{"past", "new", "past"}, Types: []string{"complaint"}, Languages: []string{"pt-BR", "de", "de"},
	}}
	if err := v.Clean(); err != nil {
		t.Fatal(err)
	}
	want := Team{Name: "Repairs", Members: []string{"a", "b"}, Skills: Skills{
		Segments: []string{"new", "past"}, Types: []string{"complaint"}, Languages: []string{"de", "pt-BR"},
	}}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("got %+v, want %+v", v, want)
	}
	for field, spoil := range map[string]func(*Team){
		"name":      func(v *Team) { v.Name = "\u200b" },
		"segments":  func(v *Team) { v.Skills.Segments = []string{"vip"} },
		"types":     func(v *Team) { v.Skills.Types = []string{"order"} },
		"languages": func(v *Team) { v.Skills.Languages = []string{"german"} },
		"members":   func(v *Team) { v.Members = strings.Split(strings.Repeat("x,", MaxMembers), ",") },
	} {
		bad := Team{Name: "Repairs"}
		spoil(&bad)
		if f, ok := bad.Clean().(*Failure); !ok || f.Field != field {
			t.Errorf("%s: %v", field, bad.Clean())
		}
	}
}

func TestRoomOfAnAgent(t *testing.T) {
	for capacity, room := range map[int64]int64{0: DefaultCapacity, 1: 1, MaxCapacity: MaxCapacity} {
		w := Work{Capacity: capacity}
		if err := w.Clean(); err != nil || w.Room() != room {
			t.Errorf("capacity %d: room %d, %v", capacity, w.Room(), err)
		}
	}
	odd := Work{Hours: Hours{Kept: true, Zone: "Nowhere/Land"}}
	if f, ok := odd.Clean().(*Failure); !ok || f.Field != "hours.zone" {
		t.Errorf("a zone that is none: %v", odd.Clean())
	}
	for _, capacity := range []int64{-1, MaxCapacity + 1} {
		w := Work{Capacity: capacity}
		if f, ok := w.Clean().(*Failure); !ok || f.Field != "capacity" {
			t.Errorf("capacity %d: %v", capacity, w.Clean())
		}
	}
}
