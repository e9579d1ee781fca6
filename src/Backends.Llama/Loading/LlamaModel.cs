using System.Runtime.InteropServices;
using System.Text;
using LocalAI.Pipeline.Backends.Llama.Gguf;
using LocalAI.Pipeline.Backends.Llama.Interop;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Loading;

/// <summary>A loaded model: weights, vocabulary, what its file says about itself. Any number of contexts may use it.</summary>
internal sealed class LlamaModel : IDisposable
{
    private LlamaModel(LlamaModelHandle handle, IReadOnlyList<nint> adapters, bool ranks)
    {
        Handle = handle;
        Adapters = adapters;
        Ranks = ranks;
        Vocabulary = new Vocabulary(handle);
    }

    internal LlamaModelHandle Handle { get; }

    /// <summary>The loaded llama_adapter_lora, freed with the model.</summary>
    internal IReadOnlyList<nint> Adapters { get; }

    internal Vocabulary Vocabulary { get; }

    /// <summary>It has a head that scores a text: without one, llama.cpp gives a number of the text's vector for its rank.</summary>
    internal bool Ranks { get; }

    /// <summary>The model's own Jinja chat template, or null.</summary>
    internal unsafe string? ChatTemplate => Marshal.PtrToStringUTF8((nint)LlamaNative.llama_model_chat_template(Handle, null));

    /// <summary>How the model wants a query and a document, as <c>{query}</c> and <c>{document}</c> in a text; or null.</summary>
    internal unsafe string? RerankTemplate => Marshal.PtrToStringUTF8((nint)LlamaNative.llama_model_chat_template(Handle, "rerank"));

    internal int TrainedContext => LlamaNative.llama_model_n_ctx_train(Handle);

    internal long Bytes => (long)LlamaNative.llama_model_size(Handle);

    /// <summary>How most of the weights are stored, for example Q8_0.</summary>
    internal unsafe string Quantization => Marshal.PtrToStringUTF8((nint)LlamaNative.llama_ftype_name((int)LlamaNative.llama_model_ftype(Handle))) ?? "";

    internal bool CanGenerate => LlamaNative.llama_model_has_decoder(Handle) != 0 && LlamaNative.llama_model_has_encoder(Handle) == 0
        && LlamaNative.llama_model_is_diffusion(Handle) == 0 && !LooksAhead;

    /// <summary>Its memory, or a part of it, is one state that holds all tokens and cannot be cut.</summary>
    internal bool IsRecurrent => LlamaNative.llama_model_is_recurrent(Handle) != 0 || LlamaNative.llama_model_is_hybrid(Handle) != 0;

    /// <summary>Tokens that a layer looks back; 0: all.</summary>
    internal int SlidingWindow => LlamaNative.llama_model_n_swa(Handle);

    // BERT and its kind: llama.cpp counts them as decoders, but a token that sees those behind it cannot be followed by a next one.
    private bool LooksAhead => Metadata(Metadata("general.architecture") + ".attention.causal") == "false";

    /// <summary>Loads the weights: seconds to minutes of reading, on the caller's thread.</summary>
    /// <exception cref="InvalidModelException">The file cannot be used.</exception>
    internal static LlamaModel Load(ModelSettings settings)
    {
        LlamaLibrary.EnsureStarted();
        if (!File.Exists(settings.Path))
            throw new InvalidModelException($"there is no file '{settings.Path}'");
        IReadOnlySet<string> tensors = GgufCheck.Run(settings.Path);
        EngineLog.Forget();
        nint model = LoadNative(settings);
        if (model == 0)
            throw new InvalidModelException("llama.cpp refused the model: " + Reason());
        var handle = new LlamaModelHandle(model);
        try
        {
            return new LlamaModel(handle, LoadAdapters(handle, settings.LoraAdapters), tensors.Overlaps(["cls.weight", "cls.output.weight"]));
        }
        catch (InvalidModelException)
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>A metadata value by key, null when the file has none.</summary>
    internal unsafe string? Metadata(string key)
    {
        Span<byte> buffer = stackalloc byte[512];
        fixed (byte* start = buffer)
        {
            int length = LlamaNative.llama_model_meta_val_str(Handle, key, start, (nuint)buffer.Length);
            return length < 0 ? null : Encoding.UTF8.GetString(buffer[..Math.Min(length, buffer.Length - 1)]);
        }
    }

    internal unsafe string Description()
    {
        Span<byte> buffer = stackalloc byte[256];
        fixed (byte* start = buffer)
        {
            int length = LlamaNative.llama_model_desc(Handle, start, (nuint)buffer.Length);
            return Encoding.UTF8.GetString(buffer[..Math.Clamp(length, 0, buffer.Length - 1)]);
        }
    }

    public void Dispose() => Handle.Dispose();

    private static string Reason() => EngineLog.LastErrors() is { Length: > 0 } errors ? errors : "it gave no reason";

    private static unsafe nint LoadNative(ModelSettings settings)
    {
        llama_model_params parameters = LlamaNative.llama_model_default_params();
        parameters.n_gpu_layers = settings.GpuLayers ?? -1;
        parameters.main_gpu = settings.MainGpu;
        parameters.load_mode = (settings.Mmap, settings.Mlock) switch
        {
            (false, false) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (true, true) => 3,
        };
        // The engine reads as many numbers as it knows devices.
        var split = new float[(int)LlamaNative.llama_max_devices()];
        for (int i = 0; i < Math.Min(split.Length, settings.TensorSplit.Count); i++)
            split[i] = settings.TensorSplit[i];
        fixed (float* shares = split)
        {
            parameters.tensor_split = settings.TensorSplit.Count > 0 ? shares : null;
            return LlamaNative.llama_model_load_from_file(settings.Path, parameters);
        }
    }

    private static List<nint> LoadAdapters(LlamaModelHandle model, IReadOnlyList<LoraAdapter> adapters)
    {
        var loaded = new List<nint>();
        foreach (LoraAdapter adapter in adapters)
        {
            if (!File.Exists(adapter.Path))
                throw new InvalidModelException($"there is no LoRA file '{adapter.Path}'");
            GgufCheck.Run(adapter.Path);
            nint handle = LlamaNative.llama_adapter_lora_init(model, adapter.Path);
            if (handle == 0)
                throw new InvalidModelException($"llama.cpp refused the LoRA adapter '{adapter.Path}': {Reason()}");
            loaded.Add(handle);
        }
        return loaded;
    }
}
