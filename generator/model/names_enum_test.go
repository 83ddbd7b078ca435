package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestConstantNames holds what constants of an enum are called where the document says it.
func TestConstantNames(t *testing.T) {
	for _, tt := range []struct {
		name, schemas string
		want          []string
		warnings      string
	}{
		{"named", "S: {type: integer, enum: [10, 20, 90], x-enum-varnames: [Draft, IN_WORK, cancelled]}", []string{"Draft", "IN_WORK", "Cancelled"}, ""},
		{"named the other way", "S: {type: string, enum: [a, b], x-enumNames: [First, default]}", []string{"First", "Default"}, ""},
		{"not named", "S: {type: integer, enum: [10, 20]}", []string{"S10", "S20"}, ""},
		{"in both ways", "S: {type: string, enum: [a], x-enumNames: [B], x-enum-varnames: [A]}", []string{"A"}, ""},
		{"by two parts", "S: {allOf: [{type: string, enum: [a], x-enum-varnames: [A]}, {type: string, enum: [a], x-enum-varnames: [B]}]}", []string{"A"}, ""},
		{"null has a name", "S: {type: string, nullable: true, enum: [null, a], x-enum-varnames: [None, Some]}", []string{"Some"}, ""},
		{"taken", "A: {type: object}\n    B: {type: string, enum: [a, b, c], x-enum-varnames: [A, Same, Same]}\n    C: {type: string, enum: [x], x-enum-varnames: [Same]}",
			[]string{"BA", "Same", "BSame", "CSame"}, ""},
		{"too few", "S: {type: integer, enum: [10, 20, 90], x-enum-varnames: [Draft]}", []string{"Draft", "S20", "S90"},
			"test.yaml:5:44: x-enum-varnames has the length 1, enum has 3; the first name is that of the first value, and so on"},
		{"too many", "S: {type: integer, enum: [10], x-enumNames: [Draft, Active]}", []string{"Draft"},
			"test.yaml:5:36: x-enumNames has the length 2, enum has 1; the first name is that of the first value, and so on"},
		{"no identifier", "S: {type: integer, enum: [10, 20], x-enum-varnames: [Draft, in progress]}", []string{"Draft", "S20"},
			`test.yaml:5:65: x-enum-varnames has "in progress", which is no Go identifier; the constant is named after its value`},
		{"no text", "S: {type: integer, enum: [10], x-enum-varnames: [1]}", []string{"S10"},
			`test.yaml:5:54: x-enum-varnames has 1, which is no Go identifier; the constant is named after its value`},
		{"no list", "S: {type: integer, enum: [10], x-enum-varnames: {10: Draft}}", []string{"S10"},
			"test.yaml:5:36: x-enum-varnames is no list of names; the constants are named after their values"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			api := lowered(t, "components:\n  schemas:\n    "+tt.schemas)
			var got []string
			for _, typ := range api.Types {
				for _, v := range typ.Enum {
					got = append(got, v.GoName)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			warnings := ""
			if len(api.Warnings) > 0 {
				warnings = api.Warnings.Sort().Error()
			}
			if diff := cmp.Diff(tt.warnings, warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}
