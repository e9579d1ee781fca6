using System.Runtime.CompilerServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

/// <summary>Compares our structures with those of the header that this binding was written for.</summary>
internal static class NativeLayout
{
    internal const string ExpectedVersion = "0.5.0";

    internal static void Check()
    {
        Expect<llama_model_params>(80);
        Expect<llama_context_params>(160);
        Expect<llama_batch>(56);
        Expect<llama_token_data>(12);
        Expect<llama_token_data_array>(32);
        Expect<llama_logit_bias>(8);
        Expect<llama_sampler_chain_params>(1);
        Expect<ggml_threadpool_params>(528);
        CheckDefaults();
    }

    private static void Expect<T>(int size)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
            throw new InvalidOperationException($"{typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes here, llama.h has {size}");
    }

    // Known defaults read back through our structures: a field that moved shows here, before it can do harm.
    private static void CheckDefaults()
    {
        llama_context_params context = LlamaNative.llama_context_default_params();
        llama_model_params model = LlamaNative.llama_model_default_params();
        bool known = context is { n_ctx: 512, n_seq_max: 1, flash_attn_type: -1, type_k: 1, type_v: 1, offload_kqv: 1, kv_unified: 0, ctx_other: 0 }
            && model is { n_gpu_layers: -1, load_mode: -1, use_extra_bufts: 1, vocab_only: 0 };
        if (!known)
            throw new InvalidOperationException("the engine's structures differ from llama.h v" + ExpectedVersion + ": this binding does not fit the library in llama/");
    }
}
