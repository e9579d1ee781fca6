using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>Measures one job for the metrics: the first token, the gaps between tokens, the counts at its end.</summary>
internal sealed class JobTimes(GenerateText command, RelayClock clock)
{
    private readonly long _start = clock.Now;
    private long? _last;

    public void Taken(GenerationDelta delta, long now)
    {
        if (delta.Tokens > 0)
        {
            if (_last is { } last)
            {
                clock.Metrics.TokenGap(command.Model, clock.Between(last, now) / delta.Tokens);
            }
            else
            {
                clock.Metrics.FirstToken(command.Model, clock.Between(_start, now));
            }

            _last = now;
        }

        if (delta.Finish is { } finish)
        {
            clock.Metrics.Finished(command.Model, finish);
        }
    }
}
