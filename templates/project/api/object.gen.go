package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/oapi-codegen/runtime"
)

// marshalOpen is the JSON of a struct with more properties behind its own. One that repeats a property
// of the struct is left out.
func marshalOpen[V any](fields any, more map[string]V) ([]byte, error) {
	own, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	if len(more) == 0 {
		return own, nil
	}
	var known map[string]json.RawMessage
	if err := json.Unmarshal(own, &known); err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(bytes.TrimSuffix(own, []byte("}")))
	for _, name := range slices.Sorted(maps.Keys(more)) {
		if _, ok := known[name]; ok {
			continue
		}
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		if err := writeMember(out, name, more[name]); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func writeMember(out *bytes.Buffer, name string, value any) error {
	key, err := json.Marshal(name)
	if err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("property %s: %w", name, err)
	}
	out.Write(key)
	out.WriteByte(':')
	out.Write(text)
	return nil
}

// unmarshalOpen reads a JSON object into a struct. Properties that are none of its own go to more.
func unmarshalOpen[V any](data []byte, fields any, more *map[string]V, own ...string) error {
	all, err := unmarshalOwn(data, fields, own)
	if err != nil {
		return err
	}
	*more = nil
	for name, text := range all {
		if slices.Contains(own, name) {
			continue
		}
		var value V
		if err := json.Unmarshal(text, &value); err != nil {
			return fmt.Errorf("property %s: %w", name, err)
		}
		if *more == nil {
			*more = map[string]V{}
		}
		(*more)[name] = value
	}
	return nil
}

// unmarshalUnion reads the properties that stand beside a union.
func unmarshalUnion(data []byte, fields any, own ...string) error {
	if !isObject(data) {
		return nil
	}
	_, err := unmarshalOwn(data, fields, own)
	return err
}

func isObject(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) }

// unmarshalOwn reads the properties of those names, and no others, into a struct: encoding/json takes
// "Title" for "title". It returns all of the object.
func unmarshalOwn(data []byte, fields any, own []string) (all map[string]json.RawMessage, err error) {
	if err := json.Unmarshal(data, &all); err != nil || all == nil {
		return nil, err
	}
	known := map[string]json.RawMessage{}
	for _, name := range own {
		if text, ok := all[name]; ok {
			known[name] = text
		}
	}
	if len(known) < len(all) {
		if data, err = json.Marshal(known); err != nil {
			return nil, err
		}
	}
	return all, json.Unmarshal(data, fields)
}

// setUnion makes a union hold value, with the members of the stamps, which are JSON objects.
func setUnion(union *json.RawMessage, value any, stamps ...string) error {
	text, err := json.Marshal(value)
	for _, stamp := range stamps {
		if err == nil {
			text, err = runtime.JSONMerge(text, []byte(stamp))
		}
	}
	if err != nil {
		return err
	}
	*union = text
	return nil
}

// mergeUnion merges value into what a union holds.
func mergeUnion(union *json.RawMessage, value any, stamps ...string) error {
	var patch json.RawMessage
	if err := setUnion(&patch, value, stamps...); err != nil {
		return err
	}
	merged, err := runtime.JSONMerge(*union, patch)
	if err != nil {
		return err
	}
	*union = merged
	return nil
}

// marshalUnion is what a union holds with the properties that stand beside it, which weigh more. What
// is no object has none.
func marshalUnion(union json.RawMessage, fields any) ([]byte, error) {
	if len(union) > 0 && !isObject(union) {
		return union, nil
	}
	own, err := json.Marshal(fields)
	if err != nil || len(union) == 0 {
		return own, err
	}
	var object map[string]json.RawMessage
	for _, text := range [][]byte{union, own} {
		if err := json.Unmarshal(text, &object); err != nil {
			return nil, err
		}
	}
	return json.Marshal(object)
}

// discriminator is the string in a property of a JSON object.
func discriminator(union json.RawMessage, property string) (string, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(union, &object); err != nil {
		return "", err
	}
	var value string
	if err := json.Unmarshal(object[property], &value); err != nil {
		return "", fmt.Errorf("property %s: %w", property, err)
	}
	return value, nil
}
