using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LocalAI.Pipeline.Api.Persistence.Columns;

/// <summary>A time is a number in both databases, so that both order and compare it: milliseconds since 1970, UTC.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
