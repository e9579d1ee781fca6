namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>ggml.h: the values of enum ggml_type that a key or value cache may have.</summary>
internal enum CacheType
{
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    IQ4_NL = 20,
    BF16 = 30,
}
