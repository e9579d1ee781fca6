using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>
/// The sequences of a context's memory, one for each slot. Not every memory can be cut or moved (recurrent states, a sliding
/// window that was lost): each operation says whether it was done. For the engine thread only.
/// </summary>
internal sealed unsafe class SequenceMemory(LlamaContextHandle context, int slidingWindow)
{
    private readonly nint _memory = LlamaNative.llama_get_memory(context);

    /// <summary>Positions can be moved, which a context shift needs.</summary>
    internal bool CanShift => LlamaNative.llama_memory_can_shift(_memory) != 0;

    /// <summary>Forgets a whole sequence, which every memory can.</summary>
    internal void Clear(int sequence) => LlamaNative.llama_memory_seq_rm(_memory, sequence, -1, -1);

    /// <summary>Keeps the first positions of a sequence alone. When it cannot, what is left is unknown.</summary>
    internal bool TryCut(int sequence, int count)
        => HasWindowBefore(sequence, count) && LlamaNative.llama_memory_seq_rm(_memory, sequence, count, -1) != 0;

    /// <summary>Takes positions out of the middle, and moves those behind them up. When it cannot, what is left is unknown.</summary>
    internal bool TryTakeOut(int sequence, int from, int count, int length)
    {
        if (LlamaNative.llama_memory_seq_rm(_memory, sequence, from, from + count) == 0)
            return false;
        LlamaNative.llama_memory_seq_add(_memory, sequence, from + count, length, -count);
        return true;
    }

    /// <summary>Bytes of a copy of a sequence.</summary>
    internal long SizeOf(int sequence) => (long)LlamaNative.llama_state_seq_get_size(context, sequence);

    /// <summary>A copy of a sequence, or null when there is none to be had.</summary>
    internal byte[]? Copy(int sequence)
    {
        long size = SizeOf(sequence);
        if (size > Array.MaxLength)
            return null;
        var state = new byte[size];
        fixed (byte* start = state)
        {
            nuint written = LlamaNative.llama_state_seq_get_data(context, start, (nuint)state.Length, sequence);
            return written > 0 && written == (nuint)state.Length ? state : null;
        }
    }

    /// <summary>Puts a copy into a sequence that is clear. When it cannot, what is there is unknown.</summary>
    internal bool TryRestore(int sequence, ReadOnlySpan<byte> state)
    {
        fixed (byte* start = state)
            return LlamaNative.llama_state_seq_set_data(context, start, (nuint)state.Length, sequence) > 0;
    }

    private bool HasWindowBefore(int sequence, int position)
        => slidingWindow <= 0 || LlamaNative.llama_memory_seq_pos_min(_memory, sequence) <= Math.Max(0, position - slidingWindow);
}
