using LocalAI.Pipeline.Api.Fleet;

namespace LocalAI.Pipeline.Api.Metrics;

/// <summary>What the workers' heartbeats say.</summary>
internal static class FleetMetrics
{
    public static void Write(PrometheusText text, WorkerFleet fleet)
    {
        var workers = fleet.Alive;
        var models = workers.SelectMany(worker => worker.Models.Select(model => (
            Labels: $"{PrometheusText.Label("worker", worker.WorkerId)},{PrometheusText.Label("model", model.Name)}", Model: model))).ToList();
        text.Gauges("pipeline_workers", "Workers that were heard of lately.", workers.GroupBy(worker => worker.Pool, StringComparer.Ordinal)
            .Select(pool => (PrometheusText.Label("pool", pool.Key), (double)pool.Count())));
        text.Gauges("pipeline_slots", "Generations that a worker can run at once.", models.Select(entry => (entry.Labels, (double)entry.Model.Slots)));
        text.Gauges("pipeline_slots_busy", "Generations that a worker runs now.", models.Select(entry => (entry.Labels, (double)entry.Model.SlotsBusy)));
        text.Gauges("pipeline_model_loaded", "Whether a worker has the model in memory.", models.Select(entry => (entry.Labels, entry.Model.Loaded ? 1.0 : 0)));
        text.Gauges("pipeline_backend_restarts_total", "Backend processes that were started again after a death.", models.Select(entry => (entry.Labels, (double)entry.Model.Restarts)), "counter");
    }
}
