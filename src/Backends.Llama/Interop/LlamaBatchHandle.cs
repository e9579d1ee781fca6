using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Owns a llama_batch of token ids, each in one sequence.</summary>
internal sealed unsafe class LlamaBatchHandle : SafeHandle
{
    private llama_batch _batch;

    internal LlamaBatchHandle(int capacity)
        : base(0, ownsHandle: true)
    {
        Capacity = capacity;
        _batch = LlamaNative.llama_batch_init(capacity, 0, 1);
        SetHandle((nint)_batch.token);
    }

    public override bool IsInvalid => handle == 0;

    internal int Capacity { get; }

    internal int Count => _batch.n_tokens;

    internal int Free => Capacity - _batch.n_tokens;

    internal llama_batch Native => _batch;

    internal void Clear() => _batch.n_tokens = 0;

    /// <summary>Adds one token and returns its place, under which its logits are read after decoding.</summary>
    internal int Add(int token, int position, int sequence, bool output)
    {
        int place = _batch.n_tokens;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Capacity);
        _batch.token[place] = token;
        _batch.pos[place] = position;
        _batch.n_seq_id[place] = 1;
        _batch.seq_id[place][0] = sequence;
        _batch.logits[place] = (sbyte)(output ? 1 : 0);
        _batch.n_tokens = place + 1;
        return place;
    }

    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_batch_free(_batch);
        return true;
    }
}
