using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.Cost;

/// <summary>Reads what processes have used from /proc, and from their probes.</summary>
internal sealed class ProcessTable(IReadOnlyList<int> roots, string? probeFolder)
{
    /// <summary>USER_HZ, which is 100 on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>The given processes and their children.</summary>
    public async Task<IReadOnlyList<ProcessCost>> ReadAsync(CancellationToken cancellationToken)
    {
        var costs = new List<ProcessCost>();
        foreach (var id in WithChildren())
        {
            var name = NameOf(id);
            var threads = ThreadsOf(id);
            var cost = new ProcessCost(id, name, TimeSpan.Zero, TimeSpan.Zero, await AllocatedAsync(id, cancellationToken));
            var runtime = cost.IsBackend ? threads.Where(thread => thread.Name.StartsWith(".NET", StringComparison.Ordinal)) : threads;
            var total = CpuOf($"/proc/{id}/stat").Cpu;
            var runtimeCpu = cost.IsBackend ? TimeSpan.FromTicks(runtime.Sum(thread => thread.Cpu.Ticks)) : total;
            costs.Add(cost with { RuntimeCpu = runtimeCpu, EngineCpu = total - runtimeCpu });
        }

        return costs;
    }

    private List<int> WithChildren()
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id))).ToList();
        var found = roots.ToList();
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents.Where(process => process.Parent == found[i]).Select(process => process.Id).Except(found).ToList());
        }

        return found;
    }

    private static int ParentOf(int id)
    {
        try
        {
            return int.Parse(Fields($"/proc/{id}/stat")[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended between the listing and now.
            return 0;
        }
    }

    private static List<(string Name, TimeSpan Cpu)> ThreadsOf(int id)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{id}/task").Select(task => CpuOf(Path.Combine(task, "stat")))];
        }
        catch (IOException exception)
        {
            throw new BenchException($"process {id} ended while it was measured: {exception.Message}");
        }
    }

    private static (string Name, TimeSpan Cpu) CpuOf(string stat)
    {
        string text;
        try
        {
            text = File.ReadAllText(stat);
        }
        catch (IOException)
        {
            // A thread of the pool ended; its time is still in the process's total.
            return ("", TimeSpan.Zero);
        }

        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return (text[(text.IndexOf('(') + 1)..text.LastIndexOf(')')], TimeSpan.FromSeconds(ticks / TicksPerSecond));
    }

    /// <summary>The fields of a stat file after the name, which may hold anything.</summary>
    private static string[] Fields(string stat)
    {
        var text = File.ReadAllText(stat);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string NameOf(int id)
    {
        var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var program = words.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal)) ?? words.FirstOrDefault() ?? "?";
        return Path.GetFileNameWithoutExtension(program).Replace("LocalAI.Pipeline.", "", StringComparison.Ordinal);
    }

    private async Task<long?> AllocatedAsync(int id, CancellationToken cancellationToken)
    {
        var path = Path.Combine(probeFolder ?? "", $"{id}.sock");
        if (probeFolder is null || !File.Exists(path))
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        await using var stream = new NetworkStream(socket);
        var answer = new byte[sizeof(long)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return BinaryPrimitives.ReadInt64LittleEndian(answer);
    }
}
