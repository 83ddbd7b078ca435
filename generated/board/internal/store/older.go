package store

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// forgotten are the fields of a stored object that value, which was read from it, has no place for: those of an older
// document. They are for SQL, which may move them to where they belong now.
func forgotten(stored string, value any) (map[string]json.RawMessage, error) {
	read, err := json.Marshal(value)
	if err != nil || string(read) == stored {
		return nil, err
	}
	fields, known := object([]byte(stored)), object(read)
	names := slices.Collect(maps.Keys(known))
	maps.DeleteFunc(fields, func(name string, field json.RawMessage) bool {
		return string(field) == "null" || slices.ContainsFunc(names, func(known string) bool { return strings.EqualFold(name, known) })
	})
	return fields, nil
}

// remembering adds such fields to what is to be stored.
func remembering(data []byte, fields map[string]json.RawMessage) ([]byte, error) {
	all := object(data)
	if len(fields) == 0 || all == nil {
		return data, nil
	}
	for name, field := range fields {
		if _, ok := all[name]; !ok {
			all[name] = field
		}
	}
	return json.Marshal(all)
}

// object is nil for what is no object.
func object(data []byte) (fields map[string]json.RawMessage) {
	if json.Unmarshal(data, &fields) != nil {
		return nil
	}
	return fields
}
