using LocalAI.Pipeline.Api.Metrics;

namespace LocalAI.Pipeline.Api.Tests.Metrics;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Series_OfAllKinds_AreWrittenInTheirFormat()
    {
        using var metrics = new ApiMetrics();
        using var collector = new MetricsCollector(metrics);
        metrics.Requested("/v1/models", 200);
        metrics.Requested("/v1/models", 200);
        metrics.FirstToken("a\"b\\c", TimeSpan.FromMilliseconds(5));
        metrics.FirstToken("a\"b\\c", TimeSpan.FromSeconds(1000));

        var text = new PrometheusText();
        foreach (var series in collector.Series)
        {
            text.Series(series);
        }

        var lines = text.ToString().Split('\n');
        Assert.Contains("# TYPE pipeline_requests_total counter", lines);
        Assert.Contains("pipeline_requests_total{route=\"/v1/models\",status=\"200\"} 2", lines);
        Assert.Contains("# TYPE pipeline_time_to_first_token_seconds histogram", lines);
        Assert.Contains("pipeline_time_to_first_token_seconds_bucket{model=\"a\\\"b\\\\c\",le=\"0.0025\"} 0", lines);
        Assert.Contains("pipeline_time_to_first_token_seconds_bucket{model=\"a\\\"b\\\\c\",le=\"0.005\"} 1", lines);
        Assert.Contains("pipeline_time_to_first_token_seconds_bucket{model=\"a\\\"b\\\\c\",le=\"+Inf\"} 2", lines);
        Assert.Contains("pipeline_time_to_first_token_seconds_sum{model=\"a\\\"b\\\\c\"} 1000.005", lines);
        Assert.Contains("pipeline_time_to_first_token_seconds_count{model=\"a\\\"b\\\\c\"} 2", lines);
    }
}
