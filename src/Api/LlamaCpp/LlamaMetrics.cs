using LocalAI.Pipeline.Api.Metrics;
using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.LlamaCpp;

/// <summary>The metrics of this instance under the names that llama.cpp's server has for them, so that its dashboards work.</summary>
internal static class LlamaMetrics
{
    public static void Write(PrometheusText text, MetricsCollector collector, JobRelay relay)
    {
        var totals = collector.Series.Where(series => !series.IsHistogram)
            .ToDictionary(series => series.Instrument.Name, series => series.Totals.Sum(total => total.Read().Sum), StringComparer.Ordinal);
        var promptTokens = totals.GetValueOrDefault("pipeline_prompt_tokens") - totals.GetValueOrDefault("pipeline_prompt_cached_tokens");
        var promptSeconds = totals.GetValueOrDefault("pipeline_prompt_seconds");
        var tokens = totals.GetValueOrDefault("pipeline_completion_tokens");
        var seconds = totals.GetValueOrDefault("pipeline_generation_seconds");
        var waiting = relay.Jobs.Count(job => job.Waiting is not null);
        One(text, "prompt_tokens_total", "counter", "Tokens of prompts that were evaluated.", promptTokens);
        One(text, "prompt_seconds_total", "counter", "Time for prompts.", promptSeconds);
        One(text, "tokens_predicted_total", "counter", "Tokens generated.", tokens);
        One(text, "tokens_predicted_seconds_total", "counter", "Time for generating.", seconds);
        One(text, "prompt_tokens_seconds", "gauge", "Tokens of prompts in a second.", promptSeconds > 0 ? promptTokens / promptSeconds : 0);
        One(text, "predicted_tokens_seconds", "gauge", "Tokens generated in a second.", seconds > 0 ? tokens / seconds : 0);
        One(text, "requests_processing", "gauge", "Generations that a worker has.", Math.Max(0, relay.Count - waiting));
        One(text, "requests_deferred", "gauge", "Generations that wait for a worker.", waiting);
    }

    private static void One(PrometheusText text, string name, string type, string help, double value) => text.Gauges($"llamacpp:{name}", help, [("", value)], type);
}
