using System.ComponentModel.DataAnnotations;
using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.Tests.Persistence;

public sealed class DatabaseOptionsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Host=db;Database=x;Hots=db;Password=very-secret")]
    [InlineData("very-secret")]
    [InlineData("Host=db;Port=very-secret;Database=x")]
    [InlineData("Database=x;Password=very-secret")]
    public void ConnectionString_Unusable_IsRefusedWithoutItsText(string? text)
    {
        var options = new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = text };
        var wrong = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Equal([nameof(DatabaseOptions.ConnectionString)], wrong.MemberNames);
        Assert.DoesNotContain("very-secret", wrong.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void ConnectionString_Usable_Passes()
    {
        var options = new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = "Host=db;Database=pipeline;Username=app;Password=secret" };
        Assert.Empty(options.Validate(new ValidationContext(options)));
        Assert.Empty(new DatabaseOptions().Validate(new ValidationContext(options)));
    }
}
