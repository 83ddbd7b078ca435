# Every target works on a clean clone with Go, git and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help

LINT_VERSION := 2.15.0
LINT := $(firstword $(subst :, ,$(shell go env GOPATH)))/bin/golangci-lint

# The race detector needs a C compiler; go says CGO_ENABLED=0 where there is none.
RACE := $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

# A folder with published documents: the tests in e2e make projects of some, make corpus of all.
override export CORPUS := $(abspath $(CORPUS))

PACKAGES = $(shell go list ./... | grep -v '/e2e$$')

# Where goroutines share something: in servers, in gen dev, and where gen renders. These are always tested under the race
# detector; make race tests all under it.
CONCURRENT = $(shell go list ./templates/... ./generator/render ./generator/dev ./cmd/corpus)

# What generated/board has from templates/project, tests included: the race detector looks at these there.
LIVING = $(shell cd generated/board && go list ./... | grep -v '/handlers$$')

# Nothing that is compiled depends on the folder that it is in: what tests generate is found in go's cache.
test race: export GOFLAGS := $(strip $(shell go env GOFLAGS) -trimpath)

# What tests generate is compiled often and runs for a moment: nothing is inlined.
GENERATED = GOFLAGS="$$GOFLAGS -gcflags=example.com/...=-l"

# How long a program under the race detector stays when it has ended, in case a goroutine has still a race to show. The
# default is a second, and tests start many programs.
export GORACE := atexit_sleep_ms=50

.PHONY: help generate check-generated test race cluster corpus corpus-compile lint vet-systems screenshots fuzz fuzz-codecs bench bench-api bench-update bench-gen bench-session bench-cluster bench-postgres

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: ## write generated/board anew from specs/board.yaml
	rm -rf generated/.next
	go run ./cmd/gen new board --spec specs/board.yaml --dir generated/.next
	rm -rf generated/board
	mv generated/.next generated/board

check-generated: generate ## fail if generated/board is not what gen writes
	@git diff --exit-code -- generated/board
	@new=$$(git ls-files --others -- generated/board); \
	if [ -n "$$new" ]; then echo "gen writes files that are not in git:"; echo "$$new"; exit 1; fi

test: ## run all tests: gen, generated/board, and both from outside
	@[ -n "$(RACE)" ] || echo "no C compiler: the tests run without the race detector (install gcc to have it)"
	go vet ./...
	CORPUS= $(GENERATED) go test -vet=off -timeout 30m $(filter-out $(CONCURRENT),$(PACKAGES))
	CORPUS= $(GENERATED) go test -vet=off $(RACE) -timeout 30m $(CONCURRENT)
	cd generated/board && go vet ./... && go test -vet=off $(LIVING)
	cd generated/board && go test -vet=off $(RACE) ./internal/handlers
	$(MAKE) --no-print-directory bench-api
	cd e2e/bench && go vet ./... && go test -vet=off ./...
	go test -vet=off $(RACE) -count=1 -parallel 4 -timeout 30m ./e2e

race: ## run the tests of all packages under the race detector, and those of sessions for longer
	CORPUS= SESSION_TIMES=5 $(GENERATED) go test -vet=off -race -timeout 60m $(PACKAGES)
	cd generated/board && go test -vet=off -race ./...

screenshots: SCREENSHOTS := $(CURDIR)/.screenshots
screenshots: ## put pictures of the front page into the folder SCREENSHOTS (.screenshots): light, dark, on a phone, in Korean
	mkdir -p $(SCREENSHOTS)
	SCREENSHOTS=$(abspath $(SCREENSHOTS)) go test -count=1 -run FrontPageLooks ./e2e

corpus: ## make a server of every document in the folder CORPUS and try its types and operations; CORPUS_FLAGS=--third for fewer
	@[ -n "$(CORPUS)" ] || { echo "say where documents are: make corpus CORPUS=DIR"; exit 1; }
	go run ./cmd/corpus $(CORPUS_FLAGS) $(CORPUS)

corpus-compile: ## read and compile every document in the folder CORPUS; without the race detector, it takes long
	@[ -n "$(CORPUS)" ] || { echo "say where documents are: make corpus-compile CORPUS=DIR"; exit 1; }
	go test -timeout 30m ./generator/...

cluster: ## replace and kill workers under load for a quarter of an hour
	CLUSTER_RELOADS=100 CLUSTER_RATE=1000 CLUSTER_KILLS=100 CLUSTER_READY_MS=300 CLUSTER_CRASH_SECONDS=30 \
		go test -count=1 -v -parallel 1 -timeout 60m -run 'Reloads|WorkersKilled|ASlotThatCrashes|AStoppedWorker' ./e2e

lint: bench-api ## run golangci-lint on gen, on generated/board and on the benchmark
	@$(LINT) version 2>/dev/null | grep -q 'version $(LINT_VERSION) ' || { \
		echo "installing golangci-lint $(LINT_VERSION) as $(LINT)"; \
		GOBIN=$(dir $(LINT)) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINT_VERSION); }
	$(LINT) run ./...
	cd generated/board && $(LINT) run -c ../../.golangci.yml ./...
	cd e2e/bench && $(LINT) run -c ../../.golangci.yml ./...
	cd e2e/kubecheck && $(LINT) run -c ../../.golangci.yml ./...

vet-systems: ## vet gen and generated/board as they are on macOS and Windows
	@for system in darwin windows; do \
		for module in . generated/board; do \
			echo "$$system: $$module"; \
			(cd $$module && GOOS=$$system go vet ./...) || exit 1; \
		done; \
	done

FUZZTIME := 20s

fuzz: ## run each fuzz target for FUZZTIME (20s)
	@for package in $(PACKAGES) ./e2e; do \
		for target in $$(go test -list '^Fuzz' $$package 2>/dev/null | grep '^Fuzz'); do \
			echo "$$target in $$package"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done

fuzz-codecs: FUZZTIME := 10m
fuzz-codecs: ## ask compiled codecs and kin-openapi the same for FUZZTIME (10m), about specs/ and 20 documents in CORPUS
	go run ./cmd/differ -time $(FUZZTIME) -fuzz specs/board.yaml \
		specs specs/published specs/published/garden/garden.yaml $(if $(CORPUS),$(CORPUS):20)

bench-api:
	rm -rf e2e/bench/depot/api e2e/bench/depot/.next
	go run ./cmd/gen new depot --spec e2e/bench/depot/depot.yaml --dir e2e/bench/depot/.next >/dev/null
	mv e2e/bench/depot/.next/api e2e/bench/depot/api
	rm -rf e2e/bench/depot/.next

bench: bench-api ## what a request costs, beside a server by hand and beside what people put together; over the wire with wrk and h2load
	cd e2e/bench && go run .

bench-update: ## time gen new and gen update of generated/board, unchanged and with one operation more
	go test -run '^$$' -bench . ./cmd/gen

bench-gen: ## time gen new beside oapi-codegen's command on the documents in CORPUS
	go run ./cmd/benchgen $(CORPUS)

bench-session: ## what sessions cost a request, and the longest wait for an answer without their store
	go test -run '^$$' -bench . -benchmem ./templates/project/internal/session

bench-cluster: ## one process beside several: requests a second, CPU a request, waiting, memory; CLUSTER_CORES=N for other than 2
	go test -run '^$$' -bench Cluster -benchtime 10s -timeout 30m ./e2e

bench-postgres: ## how long pages of 1,000,000 posts in PostgreSQL take, and that they come by an index
	POSTS=1000000 go test -count=1 -v -timeout 30m -run PagesOfManyPosts ./e2e
