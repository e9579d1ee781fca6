using FsCheck;
using FsCheck.Fluent;
using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.Relay;

public sealed class DeltaOrderProperty
{
    [Fact]
    public void Frames_LostDoubledAndOutOfOrder_GiveTheSameDeltas() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), (int seed) => Run(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Run(Random chance)
    {
        using var bench = new RelayBench();
        using var reader = bench.Subscribe();
        var sent = Enumerable.Range(0, chance.Next(1, 60)).Select(i => RelayBench.Delta(i, $"{i},")).ToList();
        sent.Add(RelayBench.End(sent.Count));
        var line = new Queue<GenerationDelta>(Mangled(sent, chance));
        var attempt = 1;
        var seen = new List<GenerationDelta>();
        while (!reader.IsComplete)
        {
            if (line.Count == 0)
            {
                // Nothing comes any more: the silent worker is doubted and asked.
                bench.Clock.Advance(TimeSpan.FromSeconds(31));
            }

            Deliver(bench, reader, line, attempt, chance);
            if (chance.Next(20) == 0 && attempt < 5 && bench.Relay.Count > 0)
            {
                // Another worker takes over; what the first still sends must not matter.
                var progress = bench.Ask(reader, $"w{attempt + 1}");
                attempt = progress.Attempt;
                line = new Queue<GenerationDelta>(Mangled([.. sent.Skip((int)progress.NextSequence)], chance));
            }

            foreach (var request in bench.Told().Select(message => message.Resend).OfType<Messages.Jobs.DeltaResendRequested>())
            {
                line = new Queue<GenerationDelta>(line.Concat(Mangled([.. sent.Skip((int)request.NextSequence)], chance)));
            }

            seen.AddRange(reader.Take().Select(item => item.Delta));
        }

        return seen.SequenceEqual(sent);
    }

    private static void Deliver(RelayBench bench, JobSubscription reader, Queue<GenerationDelta> line, int attempt, Random chance)
    {
        var frame = new List<GenerationDelta>();
        while (frame.Count < 5 && line.TryDequeue(out var delta))
        {
            frame.Add(delta);
        }

        bench.Send(reader, $"w{attempt}", attempt, [.. frame]);
        if (attempt > 1 && chance.Next(3) == 0)
        {
            bench.Send(reader, "w1", 1, RelayBench.Delta(chance.Next(60), "from a fenced worker"));
        }
    }

    private static List<GenerationDelta> Mangled(List<GenerationDelta> deltas, Random chance)
    {
        var mangled = new List<GenerationDelta>();
        foreach (var delta in deltas)
        {
            mangled.AddRange(Enumerable.Repeat(delta, chance.Next(10) switch { 0 => 0, 1 => 2, _ => 1 }));
        }

        for (var i = 1; i < mangled.Count; i++)
        {
            if (chance.Next(8) == 0)
            {
                (mangled[i - 1], mangled[i]) = (mangled[i], mangled[i - 1]);
            }
        }

        return mangled;
    }
}
