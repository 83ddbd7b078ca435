// Package shelf keeps things in memory, for all servers of the benchmark alike.
package shelf

import "sync"

// recent is how many of the things that came later are kept: what a load creates is forgotten.
const recent = 1024

// Shelf holds what it was made with, and the last that were added. It may be used concurrently.
type Shelf[T any] struct {
	mu    sync.RWMutex
	first []T
	last  [recent]T
	size  int64
}

// New is a shelf with n things on it, numbered from 1.
func New[T any](n int64, build func(number int64) T) *Shelf[T] {
	s := &Shelf[T]{size: n}
	for number := range n {
		s.first = append(s.first, build(number+1))
	}
	return s
}

// Add puts what build makes of the next number behind the others.
func (s *Shelf[T]) Add(build func(number int64) T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size++
	item := build(s.size)
	s.last[s.size%recent] = item
	return item
}

// Get returns the thing with that number; false where there is none.
func (s *Shelf[T]) Get(number int64) (item T, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found := s.get(number); found != nil {
		return *found, true
	}
	return item, false
}

// get is nil for a thing that is not there, or was forgotten.
func (s *Shelf[T]) get(number int64) *T {
	switch {
	case number < 1 || number > s.size || number > int64(len(s.first)) && number <= s.size-recent:
		return nil
	case number <= int64(len(s.first)):
		return &s.first[number-1]
	}
	return &s.last[number%recent]
}

// Page returns up to limit things behind that number that want lets pass, and the number of the last
// one if there are more, else 0. A want that is nil lets all pass.
func (s *Shelf[T]) Page(after int64, limit int, want func(*T) bool) (items []T, next int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	items = make([]T, 0, limit)
	for number := after + 1; number <= s.size; number++ {
		if number > int64(len(s.first)) {
			number = max(number, s.size-recent+1)
		}
		item := s.get(number)
		if want != nil && !want(item) {
			continue
		}
		if len(items) == limit {
			return items, next
		}
		items, next = append(items, *item), number
	}
	return items, 0
}
