// Package handlers answers the operations of the document, a file for each resource.
package handlers

import (
	"example.com/shop/api"
	"example.com/shop/internal/store"
)

// Handlers answers every operation.
type Handlers struct {
	Products
	Users
	Session
}

var _ api.StrictServerInterface = (*Handlers)(nil)

// New returns the handlers of all resources, which are kept in db.
func New(db *store.DB) *Handlers {
	return &Handlers{
		Products: newProducts(db),
		Users:    newUsers(db),
	}
}
