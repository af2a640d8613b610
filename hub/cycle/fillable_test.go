package cycle_test

import (
	"slices"
	"testing"

	"rapport/hub/cycle"
)

// What can have a value one day is left alone; what never can is named.
func TestUnfillable(t *testing.T) {
	for body, want := range map[string][]string{
		"Hello!": nil,
		"Hello {{customer.first_name}}, it's {{agent.first_name}}":          nil,
		"Hello {{ customer.first_name |there}}, {{anything|else}}":          nil,
		"Your plan is {{customer.attribute.plan}}":                          nil,
		"Your plan is {{customer.attribute.}}":                              {"customer.attribute."},
		"Order {{order.number}}, {{order.number}}, from {{customer.frist}}": {"order.number", "customer.frist"},
		"Hello {customer.first_name}, {{}} and {it}":                        {"customer.first_name"},
	} {
		if got := cycle.Unfillable(body); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
