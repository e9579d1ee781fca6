namespace LocalAI.Pipeline.Testing;

/// <summary>The checkout that a test program was built from.</summary>
public static class RepositoryRoot
{
    private const string Mark = "LocalAI.Pipeline.sln";

    /// <summary>Full path of the folder that holds the solution.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Mark)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No {Mark} in {AppContext.BaseDirectory} or above: run the tests from inside a checkout.");
    }
}
