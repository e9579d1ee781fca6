namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>llama.h: enum llama_rope_scaling_type.</summary>
internal enum RopeScaling
{
    FromModel = -1,
    None = 0,
    Linear = 1,
    Yarn = 2,
    LongRope = 3,
}
