package api

import (
	"encoding/json"
	"strings"
	"testing"
)

type open struct {
	Name string         `json:"name"`
	Tags []string       `json:"tags,omitzero"`
	More map[string]int `json:"-"`
}

func (t open) MarshalJSON() ([]byte, error) {
	type fields open
	return marshalOpen(fields(t), t.More)
}

func (t *open) UnmarshalJSON(data []byte) error {
	type fields open
	return unmarshalOpen(data, (*fields)(t), &t.More, "name", "tags")
}

func TestOpenObjects(t *testing.T) {
	for _, text := range []string{
		`{"name":"a"}`,
		`{"name":"a","tags":[]}`,
		`{"name":"","a":1,"z":-2}`,
		`{"name":"a","NAME":1,"Tags":2}`,
	} {
		var value open
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		got, err := json.Marshal(value)
		if err != nil || string(got) != text {
			t.Errorf("%s came back as %s, %v", text, got, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"a":"x"}`), &open{}); err == nil || !strings.Contains(err.Error(), "property a") {
		t.Errorf("a string passed for a number: %v", err)
	}
	got, err := json.Marshal(open{Name: "a", More: map[string]int{"name": 1}})
	if err != nil || string(got) != `{"name":"a"}` {
		t.Errorf("a property was written twice: %s, %v", got, err)
	}
}

// TestOpenObjectsKeep holds that what is not sent stays as it is, as encoding/json has it.
func TestOpenObjectsKeep(t *testing.T) {
	value := open{Name: "a", More: map[string]int{"b": 1}}
	if err := json.Unmarshal([]byte(`{"tags":["x"],"NAME":2}`), &value); err != nil || value.Name != "a" || len(value.Tags) != 1 || len(value.More) != 1 {
		t.Errorf("%+v, %v", value, err)
	}
}

func TestUnions(t *testing.T) {
	var union json.RawMessage
	if err := setUnion(&union, map[string]any{"a": 1}, `{"kind":"x"}`); err != nil {
		t.Fatal(err)
	}
	if err := mergeUnion(&union, map[string]any{"b": 2}); err != nil {
		t.Fatal(err)
	}
	if kind, err := discriminator(union, "kind"); kind != "x" || err != nil {
		t.Errorf("discriminator %q, %v", kind, err)
	}
	if _, err := discriminator(union, "none"); err == nil {
		t.Error("a discriminator was found that is not there")
	}
	got, err := marshalUnion(union, map[string]any{"a": 3})
	if err != nil || string(got) != `{"a":3,"b":2,"kind":"x"}` {
		t.Errorf("got %s, %v", got, err)
	}
}

// either is a union with a property beside it, as it is generated.
type either struct {
	ID    string `json:"id,omitempty"`
	union json.RawMessage
}

func (t either) MarshalJSON() ([]byte, error) {
	type fields either
	return marshalUnion(t.union, fields(t))
}

func (t *either) UnmarshalJSON(data []byte) error {
	type fields either
	if err := unmarshalUnion(data, (*fields)(t), "id"); err != nil {
		return err
	}
	return t.union.UnmarshalJSON(data)
}

func TestUnionsWithProperties(t *testing.T) {
	for text, id := range map[string]string{
		`{"id":"a","more":1}`: "a", `{"ID":"a"}`: "", `true`: "", `[1]`: "", `"text"`: "",
	} {
		var value either
		if err := value.UnmarshalJSON([]byte(" " + text)); err != nil || value.ID != id {
			t.Errorf("%s: %+v, %v", text, value, err)
		}
		if got, err := json.Marshal(value); err != nil || string(got) != text {
			t.Errorf("%s came back as %s, %v", text, got, err)
		}
	}
}
