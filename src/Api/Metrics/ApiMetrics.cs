using System.Diagnostics.Metrics;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>What this instance counts and measures, as instruments of .NET that any listener can read.</summary>
internal sealed class ApiMetrics : IDisposable
{
    public const string MeterName = "LocalAI.Pipeline.Api";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _promptTokens;
    private readonly Counter<long> _completionTokens;
    private readonly Counter<long> _cachedTokens;
    private readonly Counter<double> _promptSeconds;
    private readonly Counter<double> _generationSeconds;
    private readonly Counter<long> _deltaFrames;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _tokenGap;

    public ApiMetrics()
    {
        _requests = _meter.CreateCounter<long>("pipeline_requests", null, "Requests answered, by route and status.");
        _promptTokens = _meter.CreateCounter<long>("pipeline_prompt_tokens", null, "Tokens of prompts.");
        _completionTokens = _meter.CreateCounter<long>("pipeline_completion_tokens", null, "Tokens generated.");
        _cachedTokens = _meter.CreateCounter<long>("pipeline_prompt_cached_tokens", null, "Tokens of prompts that were in a cache.");
        _promptSeconds = _meter.CreateCounter<double>("pipeline_prompt_seconds", null, "Time of engines for prompts.");
        _generationSeconds = _meter.CreateCounter<double>("pipeline_generation_seconds", null, "Time of engines for generating.");
        _deltaFrames = _meter.CreateCounter<long>("pipeline_delta_frames", null, "Messages in which the workers' deltas came: tokens by messages is what one of them carries.");
        _firstToken = _meter.CreateHistogram<double>("pipeline_time_to_first_token_seconds", null, "From the request until its first token is here.");
        _tokenGap = _meter.CreateHistogram<double>("pipeline_inter_token_seconds", null, "Between two tokens of one answer.");
    }

    /// <summary>This object's instruments: several instances in one process (tests) do not share them.</summary>
    public Meter Meter => _meter;

    public void Requested(string route, int status) =>
        _requests.Add(1, KeyValuePair.Create("route", (object?)route), KeyValuePair.Create("status", (object?)StatusText(status)));

    public void DeltaFrame() => _deltaFrames.Add(1);

    public void FirstToken(string model, TimeSpan time) => _firstToken.Record(time.TotalSeconds, KeyValuePair.Create("model", (object?)model));

    public void TokenGap(string model, TimeSpan time) => _tokenGap.Record(time.TotalSeconds, KeyValuePair.Create("model", (object?)model));

    public void Finished(string model, GenerationFinish finish)
    {
        var label = KeyValuePair.Create("model", (object?)model);
        _promptTokens.Add(finish.PromptTokens, label);
        _cachedTokens.Add(finish.CachedTokens, label);
        _completionTokens.Add(finish.CompletionTokens, label);
        _promptSeconds.Add(finish.PromptMilliseconds / 1000, label);
        _generationSeconds.Add(finish.GenerationMilliseconds / 1000, label);
    }

    public void Dispose() => _meter.Dispose();

    private static string StatusText(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
