using System.CommandLine;
using Koinon.Node.Development;

namespace Koinon.Cli.Commands;

/// <summary>A group of the options of <c>koinon dev</c>.</summary>
internal interface IDevOptions
{
    /// <summary>The options, in the order in which help shows them.</summary>
    IReadOnlyList<Option> All { get; }

    /// <summary>Puts what the options say into what the chain is to be like.</summary>
    /// <param name="arguments">What was given.</param>
    /// <param name="options">What the groups before said.</param>
    /// <param name="error">Which option cannot be used, why, and what would be right.</param>
    DevelopmentOptions Apply(ParseResult arguments, DevelopmentOptions options, out string? error);
}
