using System.Globalization;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Finds the backend processes under one of ours, by what /proc says.</summary>
internal static class BackendProcesses
{
    public static IReadOnlyList<int> Under(int processId, string program) =>
        [.. Descendants(processId).Where(id => CommandLine(id).Contains(program, StringComparison.Ordinal) && !CommandLine(id).StartsWith("/bin/sh", StringComparison.Ordinal))];

    private static IEnumerable<int> Descendants(int processId)
    {
        foreach (var child in Children(processId))
        {
            yield return child;
            foreach (var further in Descendants(child))
            {
                yield return further;
            }
        }
    }

    private static IEnumerable<int> Children(int processId) =>
        Directory.EnumerateDirectories($"/proc/{processId}/task")
            .Select(task => Path.Combine(task, "children"))
            .Where(File.Exists)
            .SelectMany(file => File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static string CommandLine(int processId) =>
        File.Exists($"/proc/{processId}/cmdline") ? File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ') : "";
}
