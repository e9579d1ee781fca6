using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Makes followers and wakes them.</summary>
internal sealed class DurableJobFollowers(
    IDbContextFactory<PipelineDatabase> databases, DurableJobWatch watch, DurableJobEnds ends, DurableJobNews news, IOptions<DurableJobOptions> options, TimeProvider time)
{
    public DurableJobFollower Follow(Guid id) => new(id, databases, watch, ends, options.Value.PollInterval, time);

    public void Wake(Guid id) => news.Tell([id]);
}
