using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static unsafe partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial llama_context_params llama_context_default_params();

    [LibraryImport(Library)]
    internal static partial nint llama_init_from_model(LlamaModelHandle model, llama_context_params parameters);

    [LibraryImport(Library)]
    internal static partial void llama_free(nint ctx);

    [LibraryImport(Library)]
    internal static partial uint llama_n_ctx(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial uint llama_n_ctx_seq(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial uint llama_n_batch(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial int llama_pooling_type(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial nuint llama_state_get_size(LlamaContextHandle ctx);

    [LibraryImport(Library)]
    internal static partial void llama_attach_threadpool(LlamaContextHandle ctx, nint threadpool, nint threadpool_batch);

    [LibraryImport(Library)]
    internal static partial llama_batch llama_batch_init(int n_tokens, int embd, int n_seq_max);

    [LibraryImport(Library)]
    internal static partial void llama_batch_free(llama_batch batch);

    [LibraryImport(Library)]
    internal static partial int llama_encode(LlamaContextHandle ctx, llama_batch batch);

    [LibraryImport(Library)]
    internal static partial int llama_decode(LlamaContextHandle ctx, llama_batch batch);

    [LibraryImport(Library)]
    internal static partial float* llama_get_logits_ith(LlamaContextHandle ctx, int i);

    [LibraryImport(Library)]
    internal static partial float* llama_get_embeddings_ith(LlamaContextHandle ctx, int i);

    [LibraryImport(Library)]
    internal static partial float* llama_get_embeddings_seq(LlamaContextHandle ctx, int seq_id);

    [LibraryImport(Library)]
    internal static partial int llama_set_adapters_lora(LlamaContextHandle ctx, nint* adapters, nuint n_adapters, float* scales);
}
