package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// Key names a value of type T in a session: const cart = session.Key[Cart]("cart"). T is written as
// JSON, so that a newer version of the program can read what an older one wrote, and the other way
// round while one replaces the other.
type Key[T any] string

// errValue says that a value is not one that JSON can write.
var errValue = errors.New("session value")

// change is made to the values of a session, again where somebody else was faster.
type change func(values map[string]json.RawMessage) error

// Get returns the value; false where there is none, or none of this type.
func (k Key[T]) Get(s *Session) (T, bool) {
	value, err := decode[T](s.values()[string(k)])
	return value, err == nil
}

// Set writes the value with the answer.
func (k Key[T]) Set(s *Session, value T) {
	k.Update(s, func(T) T { return value })
}

// Update changes the value, the zero value where there is none. It calls f again on what another
// request has written meanwhile; f must not use the session.
func (k Key[T]) Update(s *Session, f func(T) T) {
	s.change(func(values map[string]json.RawMessage) error {
		value, _ := decode[T](values[string(k)])
		data, err := json.Marshal(f(value))
		if err != nil {
			return fmt.Errorf("%w %s: %w", errValue, k, err)
		}
		values[string(k)] = data
		return nil
	})
}

// Delete removes the value.
func (k Key[T]) Delete(s *Session) {
	s.change(func(values map[string]json.RawMessage) error {
		delete(values, string(k))
		return nil
	})
}

func decode[T any](data json.RawMessage) (T, error) {
	var value T
	err := json.Unmarshal(data, &value)
	return value, err
}

// values are those of the session with the changes of this request.
func (s *Session) values() map[string]json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.load() // It is in the log.
	values, _ := s.changed()
	return values
}

func (s *Session) changed() (map[string]json.RawMessage, error) {
	values := make(map[string]json.RawMessage, len(s.content.Values))
	maps.Copy(values, s.content.Values)
	for _, apply := range s.changes {
		if err := apply(values); err != nil {
			return nil, err
		}
	}
	return values, nil
}

func (s *Session) change(c change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		s.manager.log.WarnContext(s.ctx, "a value of the session is lost: the answer has begun")
		return
	}
	if s.before == nil {
		s.before = s.header.Clone()
	}
	s.changes = append(s.changes, c)
}
