using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary><c>options</c>: how tokens are chosen and how many; what concerns loading is the model's file's matter.</summary>
internal static class OllamaOptionsReader
{
    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;

    private static readonly string[] OfTheModel =
    [
        "numa", "num_batch", "num_gpu", "main_gpu", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mmap", "use_mlock", "num_thread", "draft_num_predict",
    ];

    public static OllamaOptions Read(FieldReader fields)
    {
        if (fields.Object("options") is not { } options)
        {
            return new OllamaOptions(new SamplingSettings(), null, null, null);
        }

        foreach (var name in OfTheModel)
        {
            if (options.Take(name) is not null)
            {
                throw RequestErrors.Unsupported(options.PathOf(name), "it is part of a model's configuration.");
            }
        }

        // -1 is no limit, -2 what the context leaves, and 0 none either: all the same here.
        var limit = options.Integer("num_predict", -2, MostTokens);
        var context = options.Integer("num_ctx", 1, MostTokens);
        // Nothing of a prompt is ever discarded, so as many of its tokens are kept as anybody wants.
        _ = options.Integer("num_keep", -1, MostTokens);
        Require(options.Number("tfs_z", 0, float.MaxValue) is null or 1, options, "tfs_z", "llama.cpp has no tail free sampling any more.");
        Require(options.Flag("penalize_newline") is null or true, options, "penalize_newline", "line ends are penalised like any other token.");
        var read = new OllamaOptions(SamplingReader.Read(options), limit > 0 ? limit : null, StopReader.Read(options), context);
        options.RefuseOthers();
        return read;
    }

    private static void Require(bool isNeutral, FieldReader options, string name, string reason)
    {
        if (!isNeutral)
        {
            throw RequestErrors.Unsupported(options.PathOf(name), reason);
        }
    }
}
