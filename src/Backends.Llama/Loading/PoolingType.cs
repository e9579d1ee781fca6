namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>llama.h: enum llama_pooling_type.</summary>
internal enum PoolingType
{
    None = 0,
    Mean = 1,
    Cls = 2,
    Last = 3,
    Rank = 4,
}
