# Assay's targets; `make help` explains each in a line.
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules
BUILD := .build/release
ASSAY := $(BUILD)/assay
SOURCES := $(shell find Sources -name '*.swift' -o -name '*.h' -o -name '*.modulemap') Package.swift
PACKAGES := libcmark:libcmark-dev yaml-0.1:libyaml-dev openblas:libopenblas-dev zlib:zlib1g-dev \
            libcrypto:libssl-dev sqlite3:libsqlite3-dev

# A stamp a report; the tool writes beside it, in a file that ends in .d, all that the report depends on.
STUDIES := $(shell find studies -name '*.md' ! -name README.md ! -path 'studies/data/*' ! -path '*/templates/*')
QUICK := $(STUDIES:studies/%.md=output/quick/.stamps/%.stamp)
FULL := $(STUDIES:studies/%.md=output/.stamps/%.stamp)

.PHONY: quick studies test soak fidelity accessibility fuzz bench bench-store lint format deps browser parts trust clean help

quick: output/quick/.stamps/built ## Build the tool and the quick report of every study into output/quick/ (the default)

studies: output/.stamps/built ## Build the full report of every study into output/

# One build for all reports that are due: it runs their trials together and leaves current reports alone.
output/quick/.stamps/built: $(QUICK)
	$(ASSAY) build --profile quick --trust-list studies/trusted
	@touch $@

output/.stamps/built: $(FULL)
	$(ASSAY) build --profile full --trust-list studies/trusted
	@touch $@

# A stamp that is older than what its report depends on; the tool compares contents and decides.
$(QUICK) $(FULL): $(ASSAY)
	@mkdir -p $(@D) && touch $@

-include $(QUICK:.stamp=.d) $(FULL:.stamp=.d)

test: deps browser ## Run the whole test suite
	swift build -c release --build-tests
	swift test -c release --skip-build

soak: deps ## Kill builds and workers at 200 random instants and compare the reports
	swift build -c release --build-tests
	ASSAY_KILLS=200 swift test -c release --skip-build --filter DisturbedBuildTests

accessibility: deps browser ## Look at built pages with axe-core as well, which it fetches from a package registry
	@mkdir -p .build/axe
	@test -f .build/axe/axe_core_python/axe.min.js || { \
	  python3 -m pip download -q --no-deps -d .build/axe axe-core-python==0.1.0 && \
	  python3 -m zipfile -e .build/axe/axe_core_python-0.1.0-py3-none-any.whl .build/axe; }
	swift build -c release --build-tests
	ASSAY_AXE=$(CURDIR)/.build/axe/axe_core_python/axe.min.js swift test -c release --skip-build --filter PageTests

FUZZ_SECONDS ?= 60
fuzz: deps ## Read and print any bytes as studies for a minute (FUZZ_SECONDS=60); stops at what ends badly
	ASSAY_FUZZ=1 swift build -c release --product Fuzzer --build-path .build/fuzz \
	  -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library -Xswiftc -use-ld=lld
	@mkdir -p .build/fuzz/found
	.build/fuzz/release/Fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=4096 -only_ascii=0 \
	  -artifact_prefix=.build/fuzz/ .build/fuzz/found Tests/FuzzingTests/Corpus

bench-store: deps ## Measure store, builds, plan and why at 1,000 to 100,000 trials; prints JSON
	swift build -c release --product EngineBench
	@$(BUILD)/EngineBench

lint: ## Check formatting and style
	swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests

format: ## Format all Swift files in place
	swift format --in-place --recursive --configuration .swift-format Package.swift Sources Tests

parts: $(ASSAY) ## Rewrite the manual's reference page of registered parts
	$(ASSAY) parts --markdown > studies/manual/parts.md

trust: $(ASSAY) ## Let make run the programs of this repository's own studies, as they are now
	$(ASSAY) trust --list studies/trusted studies/manual/commands.md studies/uncertainty/bring-your-own-logits.md

BENCHMARKS = numerics:NumericsBenchmark tuners:TunersBenchmark agents:AgentBenchmark intervals:IntervalsBenchmark \
             calibration:CalibrationBenchmark

bench: deps ## Compare training, tuners, agents, intervals and calibration with their peers, installed the first time
	@for pair in $(BENCHMARKS); do \
	  swift build -c release --product $${pair##*:} && \
	  python3 studies/benchmarks/$${pair%%:*}/run.py $(BUILD)/$${pair##*:} || exit 1; \
	done

fidelity: deps ## Show in long runs that agents learn as fast and as well as published
	swift build -c release --build-tests
	ASSAY_FIDELITY=1 swift test -c release --skip-build --filter FidelityTests

deps: ## Install the system libraries that are missing (as root or by sudo -n)
	@missing=""; \
	if command -v pkg-config >/dev/null; then \
	  for pair in $(PACKAGES); do pkg-config --exists $${pair%%:*} || missing="$$missing $${pair##*:}"; done; \
	else missing="pkg-config $(foreach pair,$(PACKAGES),$(lastword $(subst :, ,$(pair))))"; fi; \
	if [ -n "$$missing" ]; then \
	  run=""; [ "$$(id -u)" = 0 ] || run="sudo -n"; \
	  if command -v apt-get >/dev/null && $$run true 2>/dev/null; then \
	    $$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends $$missing; \
	  else \
	    echo "missing system libraries; run: sudo apt-get install$$missing" >&2; exit 1; \
	  fi; \
	fi

browser: ## Install the Chromium that tests look at pages with; without it they are skipped
	@if ! command -v chromium >/dev/null; then \
	  run=""; [ "$$(id -u)" = 0 ] || run="sudo -n"; \
	  if command -v apt-get >/dev/null && $$run true 2>/dev/null; then \
	    $$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	  else \
	    echo "no Chromium: pages are not looked at; run: sudo apt-get install chromium" >&2; \
	  fi; \
	fi

$(ASSAY): $(SOURCES)
	@$(MAKE) --no-print-directory deps
	swift build -c release --product assay
	@touch $(ASSAY)

clean: ## Remove build products, quick reports and stamps; keeps the store of trials
	rm -rf .build output/quick output/.stamps

help: ## Explain every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
