namespace Koinon.Cli.Commands;

/// <summary>How messages are logged.</summary>
internal enum LogFormat
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>A line of JSON.</summary>
    Json,
}
