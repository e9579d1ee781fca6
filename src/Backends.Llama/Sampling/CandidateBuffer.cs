using System.Runtime.InteropServices;
using LocalAI.Pipeline.Backends.Llama.Interop;

namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>
/// The candidates of one sampling step: one entry per token of the vocabulary, in native memory, filled anew for each token.
/// All generations of an engine share it, since they are sampled one after the other on its thread.
/// </summary>
internal sealed unsafe class CandidateBuffer : IDisposable
{
    private readonly int _vocabularySize;
    private llama_token_data* _data;

    internal CandidateBuffer(int vocabularySize)
    {
        _vocabularySize = vocabularySize;
        _data = (llama_token_data*)NativeMemory.Alloc((nuint)vocabularySize, (nuint)sizeof(llama_token_data));
    }

    /// <summary>All tokens with their logits.</summary>
    internal llama_token_data_array All(float* logits)
    {
        llama_token_data* data = _data;
        for (int token = 0; token < _vocabularySize; token++)
            data[token] = new llama_token_data { id = token, logit = logits[token] };
        return new llama_token_data_array { data = data, size = (nuint)_vocabularySize, selected = -1 };
    }

    public void Dispose()
    {
        NativeMemory.Free(_data);
        _data = null;
    }
}
