package api

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pets are alternatives, with the values of a property kind.
const pets = `{
	"Cat": {"type":"object","required":["kind","lives"],"properties":{"kind":{"type":"string"},"lives":{"type":"integer"}}},
	"Dog": {"type":"object","required":["kind"],"properties":{"kind":{"type":"string"},"bark":{"type":"string"},"friend":{"$ref":"#/components/schemas/Pet"}}},
	"Bee": {"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["queen","drone"]},"sting":{"type":"boolean"}}},
	"Tomcat": {"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["tom"]},"lives":{"type":"integer"}}},
	"Pet": %s}`

const (
	catOrDog = `[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]`
	catOrBee = `[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Bee"}]`
	dogOrTom = `[{"$ref":"#/components/schemas/Dog"},{"$ref":"#/components/schemas/Tomcat"}]`
)

// TestFaultsOfTheNamedAlternative holds that the discriminator says which alternative a value was meant to be.
func TestFaultsOfTheNamedAlternative(t *testing.T) {
	mapped := `{"oneOf":` + catOrDog + `,"discriminator":{"propertyName":"kind","mapping":{"tom":"#/components/schemas/Cat","rex":"Dog"}}}`
	partly := `{"anyOf":` + catOrDog + `,"discriminator":{"propertyName":"kind","mapping":{"tom":"#/components/schemas/Cat"}}}`
	implied := `{"oneOf":` + catOrDog + `,"discriminator":{"propertyName":"kind"}}`
	unknown := `{"oneOf":` + catOrBee + `,"discriminator":{"propertyName":"kind"}}`
	astray := `{"oneOf":` + catOrDog + `,"discriminator":{"propertyName":"kind","mapping":{"tom":"Cat","rex":"Dog","maya":"Bee"}}}`
	partlyOne := `{"oneOf":` + catOrDog + `,"discriminator":{"propertyName":"kind","mapping":{"tom":"Cat"}}}`
	swapped := `{"oneOf":` + catOrDog + `,"discriminator":{"propertyName":"kind","mapping":{"Dog":"Cat"}}}`
	nameless := `{"oneOf":` + catOrBee + `,"discriminator":{"propertyName":"kind","mapping":{"tom":"Cat"}}}`
	only := `{"oneOf":` + dogOrTom + `,"discriminator":{"propertyName":"kind"}}`
	onlyBeside := `{"oneOf":` + dogOrTom + `,"discriminator":{"propertyName":"kind","mapping":{"rex":"Dog"}}}`
	orNumber := `{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"type":"integer","minimum":5}],"discriminator":{"propertyName":"kind","mapping":{"tom":"Cat","maya":"Bee"}}}`
	both := `{"oneOf":[{"type":"object"}],"anyOf":` + catOrDog + `,"discriminator":{"propertyName":"kind"}}`
	for _, test := range []struct {
		name, schema, body string
		want               []Invalid
	}{
		{"mapped", mapped, `{"kind":"tom","lives":"x","name":1}`, []Invalid{{Pointer: "/lives", Detail: "must be an integer"}}},
		{"all faults", mapped, `{"kind":"rex","bark":1,"friend":{"kind":"tom"}}`, []Invalid{{Pointer: "/bark", Detail: "must be a string"}, {Pointer: "/friend/lives", Detail: "is required"}}},
		{"unknown", mapped, `{"kind":"x"}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "tom", "rex"`}}},
		{"no text", mapped, `{"kind":1}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "tom", "rex"`}}},
		{"missing", mapped, `{"lives":9}`, []Invalid{{Pointer: "/kind", Detail: "is required"}}},
		{"within another", mapped, `{"kind":"rex","friend":{"kind":"x"}}`, []Invalid{{Pointer: "/friend/kind", Detail: `must be one of "tom", "rex"`}}},
		{"no object", mapped, `1`, []Invalid{{Detail: noAlternative}}},
		{"left to its name", partly, `{"kind":"Dog","bark":1}`, []Invalid{{Pointer: "/bark", Detail: "must be a string"}}},
		{"accepted by its name", partly, `{"kind":"Dog","bark":"x"}`, nil},
		{"unknown beside a name", partly, `{"kind":"rex"}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "tom", "Dog"`}}},
		{"implied", implied, `{"kind":"Cat","lives":"x","bark":1}`, []Invalid{{Pointer: "/lives", Detail: "must be an integer"}}},
		{"not implied", implied, `{"kind":"x","bark":1}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "Cat", "Dog"`}}},
		{"missing without a mapping", implied, `{}`, []Invalid{{Pointer: "/kind", Detail: "is required"}}},
		{"names that are not known", unknown, `{"kind":1}`, []Invalid{{Pointer: "/kind", Detail: unknownType}}},
		{"none of those that are not known", unknown, `{"kind":"x"}`, []Invalid{{Detail: noAlternative}}},
		{"one of those that are not known", unknown, `{"kind":"Cat"}`, []Invalid{{Pointer: "/lives", Detail: "is required"}}},
		{"mapped to no alternative", astray, `{"kind":"maya"}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "tom", "rex"`}}},
		{"left to its name in oneOf", partlyOne, `{"kind":"Dog","bark":1}`, []Invalid{{Pointer: "/bark", Detail: "must be a string"}}},
		{"another has its name", swapped, `{"kind":"Dog","bark":"x"}`, []Invalid{{Pointer: "/lives", Detail: "is required"}}},
		{"beside one without a name", nameless, `{"kind":"x"}`, []Invalid{{Pointer: "/kind", Detail: `must be "tom"`}}},
		{"not the only value", only, `{"kind":1}`, []Invalid{{Pointer: "/kind", Detail: `must be one of "Dog", "tom"`}}},
		{"the only value beside a mapping", onlyBeside, `{"kind":"tom","lives":"x"}`, []Invalid{{Pointer: "/lives", Detail: "must be an integer"}}},
		{"no object where a number may be", orNumber, `1`, []Invalid{{Detail: "must be at least 5"}}},
		{"the only object, mapped to no alternative", orNumber, `{"kind":"maya"}`, []Invalid{{Pointer: "/kind", Detail: `must be "tom"`}}},
		{"fits both, names none", implied, `{"kind":"x","lives":1}`, []Invalid{{Detail: ambiguous}}},
		{"anyOf beside oneOf", both, `{"kind":"Cat","lives":"x","bark":1}`, []Invalid{{Pointer: "/lives", Detail: "must be an integer"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			v, err := newValidator([]byte(`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/things/{id}":{"post":` +
				withBody(`{"$ref":"#/components/schemas/Pet"}`) + `}},"components":{"schemas":` + fmt.Sprintf(pets, test.schema) + `}}`))
			if err != nil {
				t.Fatal(err)
			}
			_, failure := send(t, v, post("application/json", test.body), http.StatusBadRequest)
			if diff := cmp.Diff(test.want, faultsOf(failure)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
