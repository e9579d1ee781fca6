using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Ollama.Reading;

/// <summary>What <c>/api/chat</c> and <c>/api/generate</c> have in common.</summary>
internal static class OllamaCommonFields
{
    private const int MaxTopLogprobs = 20;

    public static OllamaRequest Finish(FieldReader fields, OllamaOptions options, OllamaRequest request)
    {
        var keepAlive = KeepAliveReader.Read(fields);
        if (request.IsLoad && keepAlive == TimeSpan.Zero)
        {
            throw RequestErrors.Unsupported("keep_alive", "models leave a worker's memory by its settings (Workers:Backends), not by requests.");
        }

        var top = fields.Integer("top_logprobs", 0, MaxTopLogprobs);
        var logprobs = fields.Flag("logprobs") ?? false;
        if (top is not null && !logprobs)
        {
            throw RequestErrors.WrongValue("top_logprobs", "needs 'logprobs' to be true.");
        }

        foreach (var name in (string[])["truncate", "shift"])
        {
            if (fields.Flag(name) == true)
            {
                throw RequestErrors.Unsupported(name, "a prompt over the context is refused and never cut; leave it out or send false.");
            }
        }

        var finished = request with
        {
            Stream = fields.Flag("stream") ?? true,
            ContextSize = options.ContextSize,
            Draft = request.Draft with
            {
                MaxTokens = options.MaxTokens,
                StopSequences = options.StopSequences,
                Output = FormatReader.Read(fields),
                Logprobs = logprobs,
                TopLogprobs = top ?? 0,
            },
        };
        fields.RefuseOthers();
        return finished;
    }
}
