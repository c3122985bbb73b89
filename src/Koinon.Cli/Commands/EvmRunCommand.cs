using System.Buffers;
using System.CommandLine;
using Koinon.Evm;
using Koinon.Evm.Forks;
using Koinon.Evm.Tracing;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State;

namespace Koinon.Cli.Commands;

/// <summary><c>koinon evm run</c>: runs a piece of code, or a file of cases, and measures it.</summary>
internal static class EvmRunCommand
{
    private const int Halted = 1;
    private const int CannotRead = 2;
    private const long GasDefault = 30_000_000;

    private static readonly Address Caller = Address.Parse("0x0000000000000000000000000000000000ca11e4");
    private static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000c0dec0de");

    /// <summary>The verb with its options.</summary>
    internal static Command Create()
    {
        Option<string?> code = new("--code")
        {
            Description = "The code: hex digits, or a file that holds them.",
            HelpName = "HEX|FILE",
        };
        Option<string> input = new("--input")
        {
            Description = "The call's data as hex digits.",
            HelpName = "HEX",
            DefaultValueFactory = static _ => "0x",
        };
        Option<long> gas = new("--gas")
        {
            Description = "Gas for the call; no intrinsic cost is taken from it.",
            HelpName = "N",
            DefaultValueFactory = static _ => GasDefault,
        };
        Option<string> fork = new("--fork")
        {
            Description = "The fork whose rules apply.",
            HelpName = "NAME",
            DefaultValueFactory = static _ => ForkList.Newest.Name,
        };
        Option<bool> trace = new("--trace")
        {
            Description = "Print a line for each instruction on the error stream (EIP-3155).",
        };
        Option<int> bench = new("--bench")
        {
            Description = "Run the call so many times and print the least and the median time.",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        Option<FileInfo?> cases = new("--cases")
        {
            Description = "Run every case of a file and compare gas and answer, in place of --code.",
            HelpName = "FILE",
        };
        Option<FileInfo?> json = new("--json")
        {
            Description = "With --cases: write name, times, gas and answer of each case to this file.",
            HelpName = "FILE",
        };
        Command command = new(
            "run",
            """
            Run a message call: code by --code, or cases by --cases.

            Examples:
              koinon evm run --code 0x602a5f5260205ff3
              koinon evm run --code contract.hex --input 0x70a08231 --gas 100000 --bench 100
              koinon evm run --cases bench/cases/evm-cases.json --json times.json
            """)
        {
            code, input, gas, fork, trace, bench, cases, json,
        };
        command.SetAction(parsed => parsed.GetValue(cases) is { } file
            ? EvmCaseRun.Run(file, parsed.GetValue(json))
            : RunOne(
                parsed.GetValue(code),
                parsed.GetValue(input) ?? "",
                parsed.GetValue(gas),
                parsed.GetValue(fork) ?? "",
                parsed.GetValue(trace),
                parsed.GetValue(bench)));
        return command;
    }

    /// <summary>Says what is wrong with the input.</summary>
    /// <returns>The exit code for it.</returns>
    internal static int Refuse(string message)
    {
        Console.Error.WriteLine("koinon: " + message);
        return CannotRead;
    }

    /// <summary>Finds a fork, or says which there are.</summary>
    internal static bool TryFindFork(string name, out Fork fork)
    {
        bool found = ForkList.TryParse(name, out Fork? parsed);
        fork = parsed ?? ForkList.Newest;
        if (!found)
        {
            string known = string.Join(", ", ForkList.All.Select(static candidate => candidate.Name));
            Refuse($"'{name}' is no fork. Known: {known}.");
        }

        return found;
    }

    private static int RunOne(string? code, string input, long gas, string forkName, bool trace, int repetitions)
    {
        if (code is null)
        {
            return Refuse("nothing to run: give --code HEX, --code FILE or --cases FILE.");
        }

        if (!TryReadCode(code, out byte[] bytes))
        {
            return Refuse($"--code '{Shorten(code)}' is neither hex digits nor a file that holds them.");
        }

        if (!Hex.TryDecode(input, out byte[] data))
        {
            return Refuse($"--input '{Shorten(input)}' is not hex: an even number of digits 0-9, a-f is expected.");
        }

        if (gas < 0 || repetitions < 1)
        {
            return Refuse(gas < 0 ? "--gas needs a number from 0 on." : "--bench needs a number from 1 on.");
        }

        if (!TryFindFork(forkName, out Fork fork))
        {
            return CannotRead;
        }

        var changes = new StateChanges();
        EvmCase.PutCode(changes, Contract, bytes);
        var message = new Message { Caller = Caller, Origin = Caller, Target = Contract, Gas = gas, Input = data };
        ExecutionResources.Prepare();
        using var resources = new ExecutionResources();
        var executor = new TransactionExecutor(resources);
        WorldState state = WorldState.Empty.Apply(changes);
        if (trace)
        {
            Trace(executor, fork, state, message);
        }

        EvmMeasurement measured = EvmMeasurement.Take(executor, fork, state, message, repetitions);
        Print(measured, repetitions);
        return measured.Outcome.Succeeded ? 0 : Halted;
    }

    private static void Print(EvmMeasurement measured, int repetitions)
    {
        CallOutcome outcome = measured.Outcome;
        if (!outcome.Succeeded)
        {
            Console.WriteLine($"halted    {HaltReasonText.Of(outcome.Halt)}");
        }

        Console.WriteLine($"returned  {Hex.Encode(outcome.ReturnData.Span)}");
        Console.WriteLine($"gas used  {outcome.GasUsed:N0}");
        Console.WriteLine(repetitions == 1
            ? $"time      {measured.First:F3} ms"
            : $"time      {measured.Least:F3} ms least, {measured.Median:F3} ms median, {measured.First:F3} ms first");
    }

    private static void Trace(TransactionExecutor executor, Fork fork, WorldState state, Message message)
    {
        var lines = new ArrayBufferWriter<byte>();
        var tracer = new Eip3155Tracer(lines);
        executor.Call(fork, new BlockEnvironment(), state, message, ref tracer);
        using Stream error = Console.OpenStandardError();
        error.Write(lines.WrittenSpan);
    }

    private static bool TryReadCode(string code, out byte[] bytes)
    {
        if (Hex.TryDecode(code, out bytes))
        {
            return true;
        }

        try
        {
            return File.Exists(code) && Hex.TryDecode(File.ReadAllText(code).Trim(), out bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
