using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>The database's part of this process's readiness: asked at most once a second, however many ask for it.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<PipelineDatabase> databases, IOptions<DatabaseOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    // A probe that waits longer is given up by whoever asked.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private long? _askedAt;
    private string? _problem;

    /// <summary>What is missing, for a person; null when the database answers.</summary>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_askedAt is not { } at || time.GetElapsedTime(at) >= FreshFor)
            {
                _problem = await AskAsync(cancellationToken);
                _askedAt = time.GetTimestamp();
            }

            return _problem;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        try
        {
            await using var database = await databases.CreateDbContextAsync(limit.Token);
            await database.Database.ExecuteSqlRawAsync("SELECT 1", limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The database did not answer within {LongestWait.TotalSeconds:0} s.";
        }
        catch (Exception e) when (DatabaseErrors.IsLoss(e) || DatabaseErrors.IsOfDatabase(e))
        {
            return DatabaseErrors.Describe(e, options.Value);
        }
    }
}
