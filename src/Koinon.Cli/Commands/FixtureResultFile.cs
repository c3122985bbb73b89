using System.Text.Json;
using Koinon.Fixtures;

namespace Koinon.Cli.Commands;

/// <summary>The file of <c>--json</c>: one object a case, written as the cases end.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class FixtureResultFile : IDisposable
{
    private const int FlushAtBytes = 1 << 16;

    private readonly FileStream _stream;
    private readonly Utf8JsonWriter _writer;

    private FixtureResultFile(FileStream stream)
    {
        _stream = stream;
        _writer = new Utf8JsonWriter(stream);
        _writer.WriteStartArray();
    }

    /// <summary>Opens the file; <see langword="null"/> where it cannot be written.</summary>
    internal static FixtureResultFile? TryCreate(FileInfo file)
    {
        try
        {
            return new FixtureResultFile(file.Create());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Adds a case.</summary>
    internal void Add(CaseResult result)
    {
        _writer.WriteStartObject();
        _writer.WriteString("file", result.File);
        _writer.WriteString("name", result.Name);
        _writer.WriteString("fork", result.Fork);
        _writer.WriteBoolean("pass", result.Passed);
        _writer.WriteString("reason", result.Failure);
        _writer.WriteNumber("gas", result.Gas);
        _writer.WriteNumber("milliseconds", Math.Round(result.Milliseconds, 3));
        _writer.WriteEndObject();
        if (_writer.BytesPending > FlushAtBytes) _writer.Flush();
    }

    /// <summary>Ends the list and closes the file.</summary>
    public void Dispose()
    {
        _writer.WriteEndArray();
        _writer.Dispose();
        _stream.Dispose();
    }
}
