using System.Text.Json;

namespace Koinon.Fixtures.Formats;

/// <summary>One format of official test files.</summary>
/// <remarks>Keeps nothing: one instance serves every worker.</remarks>
internal interface IFixtureFormat
{
    /// <summary>Whether a file's content is of this format.</summary>
    bool Recognises(JsonElement root);

    /// <summary>Runs every case of a file.</summary>
    /// <exception cref="Reading.FixtureFormatException">The file does not hold what the format asks for.</exception>
    void Run(FixtureContext context);
}
