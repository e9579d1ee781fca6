using LocalAI.Pipeline.Api.Persistence.Columns;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>
/// The rows of all features. A feature brings its entities by an <see cref="IEntityTypeConfiguration{TEntity}"/> and its
/// tables by a migration, both in its own folder, and reads by <c>Set&lt;T&gt;()</c>: this file is not touched for it.
/// </summary>
internal sealed class PipelineDatabase(DbContextOptions<PipelineDatabase> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PipelineDatabase).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase.Of(property.Name));
        }
    }
}
