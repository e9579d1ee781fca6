using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>What a model's file says of the server behind it, in <c>options</c>.</summary>
/// <param name="BaseUrl"><c>base_url</c>: what OpenAI's clients are given, usually ending in <c>/v1</c>.</param>
/// <param name="Model"><c>parameters.model</c>: the server's name for it.</param>
/// <param name="ApiKey">From the environment variable that <c>api_key_env</c> names: keys do not belong into model files.</param>
/// <param name="IsStrict"><c>strict:true</c>: the server refuses what OpenAI does not have (top_k, min_p, chat_template_kwargs).</param>
internal sealed record UpstreamSettings(Uri BaseUrl, string Model, string? ApiKey, bool IsStrict)
{
    public static UpstreamSettings Read(ModelOptions model)
    {
        var options = model.Options.Select(option => option.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToLookup(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);
        if (options.Select(group => group.Key).FirstOrDefault(key => key is not ("base_url" or "api_key_env" or "strict" or "parallel")) is { } unknown)
        {
            throw Wrong($"it does not know '{unknown}'");
        }

        var url = options["base_url"].FirstOrDefault() ?? throw Wrong("base_url is missing");
        if (!Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Wrong($"base_url '{url}' is no http or https address");
        }

        return new UpstreamSettings(address, model.Model, KeyFrom(options["api_key_env"].FirstOrDefault()), options["strict"].FirstOrDefault() == "true");
    }

    private static string? KeyFrom(string? variable) => variable is null ? null
        : Environment.GetEnvironmentVariable(variable) ?? throw Wrong($"the environment variable '{variable}' (api_key_env) is not set in the worker");

    private static BackendCallException Wrong(string reason) =>
        new(GrpcStatus.InvalidArgument, $"The backend {OpenAiBackend.Name} wants options such as [\"base_url:http://host:8000/v1\", \"api_key_env:NAME\", \"strict:true\", \"parallel:8\"]: {reason}");
}
