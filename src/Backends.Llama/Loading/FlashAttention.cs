namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>llama.h: enum llama_flash_attn_type.</summary>
internal enum FlashAttention
{
    Auto = -1,
    Off = 0,
    On = 1,
}
