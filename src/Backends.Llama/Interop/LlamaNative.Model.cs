using System.Runtime.InteropServices;

namespace LocalAI.Pipeline.Backends.Llama.Interop;

internal static unsafe partial class LlamaNative
{
    [LibraryImport(Library)]
    internal static partial llama_model_params llama_model_default_params();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_model_load_from_file(string path_model, llama_model_params parameters);

    [LibraryImport(Library)]
    internal static partial void llama_model_free(nint model);

    [LibraryImport(Library)]
    internal static partial nint llama_model_get_vocab(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_ctx_train(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_embd_out(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial uint llama_model_n_cls_out(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_n_swa(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial ulong llama_model_size(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_ftype(LlamaModelHandle model);

    /// <summary>The name of a way to store weights, owned by the library.</summary>
    [LibraryImport(Library)]
    internal static partial byte* llama_ftype_name(int ftype);

    [LibraryImport(Library)]
    internal static partial ulong llama_model_n_params(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial byte llama_model_has_encoder(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial byte llama_model_has_decoder(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial byte llama_model_is_recurrent(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial byte llama_model_is_hybrid(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial byte llama_model_is_diffusion(LlamaModelHandle model);

    [LibraryImport(Library)]
    internal static partial int llama_model_desc(LlamaModelHandle model, byte* buf, nuint buf_size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int llama_model_meta_val_str(LlamaModelHandle model, string key, byte* buf, nuint buf_size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* llama_model_chat_template(LlamaModelHandle model, string? name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_adapter_lora_init(LlamaModelHandle model, string path_lora);
}
