namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>Whether it is time to tell workers again that a job is not wanted: a few of its frames are on their way whenever it ends.</summary>
internal sealed class RecentlyTold(TimeProvider time)
{
    private const int Most = 4096;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, long> _told = [];

    public bool IsDue(Guid job)
    {
        if (_told.TryGetValue(job, out var at) && time.GetElapsedTime(at) < Interval)
        {
            return false;
        }

        if (_told.Count >= Most)
        {
            _told.Clear();
        }

        _told[job] = time.GetTimestamp();
        return true;
    }
}
