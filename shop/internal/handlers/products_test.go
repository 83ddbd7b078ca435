package handlers_test

import (
	"testing"
)

func TestProducts(t *testing.T) {
	s := start(t)
	product := s.create("/products", "application/json", `{"name":"text","price":1}`, 201)
	s.do("GET", product, "", "", 200)
	s.do("GET", "/products", "", "", 200)
	s.do("PUT", product, "application/json", `{"name":"text","price":1}`, 200)
	s.do("PATCH", product, "application/merge-patch+json", `{"name":"text"}`, 200)
	s.do("DELETE", product, "", "", 204)
	s.do("GET", product, "", "", 404)
}
