#!/usr/bin/env python3
"""Makes tensor_files.json: a file that Python's safetensors wrote, with a tensor of each element type, and the bytes of its numbers."""
import base64, json, os, sys
import torch
from safetensors.torch import save

values = [0.0, 1.0, -2.5, 3.0, 100.0, 7.0]
types = {
    "float64": torch.float64, "float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16,
    "int64": torch.int64, "int32": torch.int32, "int16": torch.int16, "int8": torch.int8,
    "uint64": torch.uint64, "uint32": torch.uint32, "uint16": torch.uint16, "uint8": torch.uint8, "bool": torch.bool,
}
tensors = {}
for name, dtype in types.items():
    source = torch.tensor(values, dtype=torch.float64)
    source = source.abs() if name.startswith("u") else source
    # Odd counts of narrow numbers, so that what follows them is not aligned by chance.
    tensors[name] = source[:5].to(dtype).reshape(5) if name in ("bool", "int8", "uint8") else source.to(dtype).reshape(2, 3)
tensors["scalar"] = torch.tensor(42, dtype=torch.int64)
tensors["empty"] = torch.zeros(0, 3, dtype=torch.float16)
raw = lambda t: base64.b64encode(bytes(t.contiguous().view(-1).view(torch.uint8).tolist()) if t.numel() else b"").decode()
expected = {name: {"dtype": str(t.dtype).replace("torch.", ""), "shape": list(t.shape), "bytes": raw(t)} for name, t in tensors.items()}
file = base64.b64encode(save(tensors, metadata={"format": "pt"})).decode()
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tensor_files.json")
with open(path, "w") as out:
    json.dump({"file": file, "tensors": expected}, out, indent="\t")
    out.write("\n")
