using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>
/// Known parameters that change nothing here at some values and cannot be honoured at others: the first are taken, the
/// second refused by name.
/// </summary>
internal static class PassiveParameters
{
    // OpenAI's bound.
    private const int LongestIdentifier = 512;

    private static readonly (string Name, string Reason)[] Refused =
    [
        ("audio", "answers are text."),
        ("prediction", "predicted outputs are not there."),
        ("verbosity", "say it in the messages."),
        ("web_search_options", "there is no web search."),
        ("samplers", "the order of samplers is fixed."),
        ("min_keep", "the order of samplers is fixed."),
        ("dry_sequence_breakers", "the engine's own are used."),
        ("n_probs", "use 'logprobs' and 'top_logprobs'."),
        ("id_slot", "slots are chosen by the engine."),
        ("lora", "set the scales with /lora-adapters, or send them to /completion."),
        ("chat_template", "templates of requests are never rendered."),
    ];

    public static void Check(FieldReader fields)
    {
        foreach (var (name, reason) in Refused)
        {
            if (fields.Take(name) is not null)
            {
                throw RequestErrors.Unsupported(name, reason);
            }
        }

        foreach (var name in (string[])["user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention"])
        {
            _ = fields.Text(name, LongestIdentifier);
        }

        if (fields.Flag("store") == true)
        {
            throw RequestErrors.Unsupported("store", "chat completions are not stored; leave it out or send false.");
        }

        if (fields.Flag("cache_prompt") == false)
        {
            throw RequestErrors.Unsupported("cache_prompt", "the engine always reuses a common prefix; leave it out or send true.");
        }

        CheckModalities(fields);
        _ = MetadataReader.Read(fields);
    }

    private static void CheckModalities(FieldReader fields)
    {
        foreach (var (path, value) in fields.Items("modalities") ?? [])
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                throw RequestErrors.WrongType(path, "a string", FieldReader.Kind(value));
            }

            if (value.GetString() != "text")
            {
                throw RequestErrors.Unsupported(path, "answers are text.");
            }
        }
    }
}
