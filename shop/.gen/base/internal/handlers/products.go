package handlers

import (
	"context"
	"fmt"
	"time"

	"example.com/shop/api"
	"example.com/shop/internal/store"
	"example.com/shop/internal/web"
)

// Products serves /products and /products/{productId}.
type Products struct {
	api.UnimplementedProducts

	products *store.Table[int64, api.Product]
}

func newProducts(db *store.DB) Products {
	return Products{
		products: store.NewTable[int64](db, store.Def[api.Product]{
			Name: "products",
		}),
	}
}

// ListProducts handles GET /products.
func (h *Products) ListProducts(ctx context.Context, req api.ListProductsRequestObject) (api.ListProductsResponseObject, error) {
	order, err := orderBy(string(or(req.Params.Sort, api.ListProductsSortCreatedAt)), string(or(req.Params.Order, api.ListProductsOrderAsc)),
		store.Order{Field: "name", Type: store.Text},
		store.Order{Field: "price", Type: store.Number},
		store.Order{Field: "createdAt", Type: store.Time},
	)
	if err != nil {
		return nil, err
	}
	page, err := h.products.List(ctx, store.Query{
		Filters: []store.Filter{
			store.Equal("category", req.Params.Category),
		},
		Order: order,
		Limit: or(req.Params.Limit, 20),
		After: or(req.Params.After, ""),
	})
	if err != nil {
		return nil, err
	}
	return api.ListProducts200JSONResponse{Body: api.ListProductsResponse{
		Items: page.Items,
		Next:  some(page.Next),
	}}, nil
}

// CreateProduct handles POST /products.
func (h *Products) CreateProduct(ctx context.Context, req api.CreateProductRequestObject) (api.CreateProductResponseObject, error) {
	now := time.Now().UTC()
	row, err := h.products.Insert(ctx, func(idTable int64) api.Product {
		return api.Product{
			ID:          idTable,
			Name:        req.Body.Name,
			Description: req.Body.Description,
			Category:    req.Body.Category,
			Price:       req.Body.Price,
			Stock:       or(req.Body.Stock, 0),
			CreatedAt:   now,
			UpdatedAt:   now,
		}
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	web.SetLocation(ctx, fmt.Sprintf("/products/%d", row.Value.ID))
	return api.CreateProduct201JSONResponse{Body: row.Value}, nil
}

// GetProduct handles GET /products/{productId}.
func (h *Products) GetProduct(ctx context.Context, req api.GetProductRequestObject) (api.GetProductResponseObject, error) {
	row, err := h.products.Get(ctx, req.ProductID)
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.GetProduct200JSONResponse{Body: row.Value}, nil
}

// ReplaceProduct handles PUT /products/{productId}.
func (h *Products) ReplaceProduct(ctx context.Context, req api.ReplaceProductRequestObject) (api.ReplaceProductResponseObject, error) {
	now := time.Now().UTC()
	row, err := h.products.Update(ctx, req.ProductID, web.IfMatch(ctx), func(product *api.Product) error {
		product.Name = req.Body.Name
		product.Description = req.Body.Description
		product.Category = req.Body.Category
		product.Price = req.Body.Price
		product.Stock = or(req.Body.Stock, 0)
		product.UpdatedAt = now
		return nil
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.ReplaceProduct200JSONResponse{Body: row.Value}, nil
}

// UpdateProduct handles PATCH /products/{productId}: only what the client sent changes.
func (h *Products) UpdateProduct(ctx context.Context, req api.UpdateProductRequestObject) (api.UpdateProductResponseObject, error) {
	now := time.Now().UTC()
	row, err := h.products.Update(ctx, req.ProductID, web.IfMatch(ctx), func(product *api.Product) error {
		set(&product.Name, req.Body.Name)
		if req.Body.Description != nil {
			product.Description = req.Body.Description
		}
		if req.Body.Category != nil {
			product.Category = req.Body.Category
		}
		set(&product.Price, req.Body.Price)
		set(&product.Stock, req.Body.Stock)
		product.UpdatedAt = now
		return nil
	})
	if err != nil {
		return nil, err
	}
	web.SetETag(ctx, row.Version)
	return api.UpdateProduct200JSONResponse{Body: row.Value}, nil
}

// DeleteProduct handles DELETE /products/{productId}.
func (h *Products) DeleteProduct(ctx context.Context, req api.DeleteProductRequestObject) (api.DeleteProductResponseObject, error) {
	if _, err := h.products.Delete(ctx, req.ProductID, web.IfMatch(ctx)); err != nil {
		return nil, err
	}
	return api.DeleteProduct204Response{}, nil
}
