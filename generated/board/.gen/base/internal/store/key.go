package store

import (
	"encoding"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
)

// Key is what a key is made of: a string, an integer, a UUID or another type that is a text.
type Key interface{ comparable }

// joinKeys is the path of a row: the keys of its parents and its own, escaped so that a slash in a
// key is no parent.
func joinKeys(keys ...any) string {
	parts := make([]string, len(keys))
	for i, key := range keys {
		parts[i] = url.PathEscape(keyText(key))
	}
	return strings.Join(parts, "/")
}

func keyText(key any) string {
	if m, ok := key.(encoding.TextMarshaler); ok {
		if text, err := m.MarshalText(); err == nil {
			return string(text)
		}
	}
	switch v := reflect.ValueOf(key); {
	case v.Kind() == reflect.String:
		return v.String()
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10)
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10)
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'f', -1, 64)
	}
	return fmt.Sprint(key)
}

// lastKey is the key of the row with that path.
func lastKey[K Key](path string) (K, error) {
	text, err := url.PathUnescape(path[strings.LastIndexByte(path, '/')+1:])
	if err != nil {
		var none K
		return none, err
	}
	return parseKey[K](text)
}

// parseKey reads what keyText writes.
func parseKey[K Key](text string) (K, error) {
	var key K
	err := setKey(&key, reflect.ValueOf(&key).Elem(), text)
	if err != nil {
		return key, fmt.Errorf("key %q: %w", text, err)
	}
	return key, nil
}

func setKey(pointer any, v reflect.Value, text string) error {
	if u, ok := pointer.(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(n)
		return err
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, v.Type().Bits())
		v.SetUint(n)
		return err
	case v.CanFloat():
		n, err := strconv.ParseFloat(text, 64)
		v.SetFloat(n)
		return err
	default:
		return fmt.Errorf("%s cannot be read from a text", v.Type())
	}
	return nil
}

// FormatKey writes a key as text, ParseKey reads it again.
func FormatKey[K Key](key K) string { return keyText(key) }

// ParseKey fails for a text that is no key of that type.
func ParseKey[K Key](text string) (K, error) { return parseKey[K](text) }
