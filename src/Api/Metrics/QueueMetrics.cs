using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Bus.Commands;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>
/// Length and age of each model's queues. The length is the broker's, for the whole deployment; the age is that of the
/// oldest job of this instance that waits, since a broker does not tell it: the maximum over all instances is the age.
/// </summary>
internal sealed class QueueMetrics(Catalogue catalogue, QueueDepths depths, JobRelay relay)
{
    public async Task WriteAsync(PrometheusText text, CancellationToken cancellationToken)
    {
        var queues = catalogue.Models.Where(model => model.Pool == ModelPool.Text)
            .SelectMany(model => Enum.GetValues<Lane>().Select(lane => (Model: model.Name, Lane: lane))).ToList();
        var found = new List<(string Labels, QueueDepth Depth)>();
        foreach (var (model, lane) in queues)
        {
            if (await depths.AskAsync(QueueNames.Text(model, lane), cancellationToken) is { } depth)
            {
                found.Add((Labels(model, lane), depth));
            }
        }

        text.Gauges("pipeline_queue_depth", "Jobs that wait in the queue.", found.Select(queue => (queue.Labels, (double)queue.Depth.Waiting)));
        text.Gauges("pipeline_queue_consumers", "Workers that take from the queue.", found.Select(queue => (queue.Labels, (double)queue.Depth.Consumers)));
        text.Gauges("pipeline_queue_oldest_seconds", "Age of the oldest job of this instance that waits.", Ages(queues));
    }

    private IEnumerable<(string Labels, double Value)> Ages(IEnumerable<(string Model, Lane Lane)> queues)
    {
        var oldest = relay.Jobs.Select(job => (Key: (job.Command.Model, job.Command.Lane), job.Waiting))
            .Where(job => job.Waiting is not null).GroupBy(job => job.Key)
            .ToDictionary(group => group.Key, group => group.Max(job => job.Waiting!.Value.TotalSeconds));
        return queues.Select(queue => (Labels(queue.Model, queue.Lane), oldest.GetValueOrDefault(queue)));
    }

    private static string Labels(string model, Lane lane) =>
        $"{PrometheusText.Label("model", model)},{PrometheusText.Label("lane", lane == Lane.Batch ? "batch" : "interactive")}";
}
