"""Recipes for data, files of other programs, and the web."""

from typing import Final

from snakepen.codegen.recipes.accepts import CSV_FILE, JSON_FILE, file_name
from snakepen.codegen.recipes.recipe import Number, Recipe, Written

_READ: Final = "read|reads|reading|open|opens|load|loads|loading|parse|parses|parsing"

DATA: Final = (
    Recipe(
        name="csv-summary",
        title="CSV summary with a plot",
        summary="The columns of a CSV file, statistics of its numbers, and a plot of them.",
        prompt="summary of a CSV file with a plot",
        names=(
            "csv ... summary|statistics|stats|analysis|analyzer|analyser|plot|chart|graph|overview|report|viewer",
            "summarise|summarize|analyse|analyze|analyses|analyzes|describe|explore ... csv|{FILE}",
            "plot|chart|graph|visualise|visualize ... csv|{FILE}",
            "summary|statistics|stats|analysis|plot|chart|overview|report|exploration ... csv|{FILE}",
            "csv ... pandas",
            "pandas ... csv",
        ),
        knows="""
            csv, file, summary, summarise, summarize, statistic, stats, analysis, analyse, analyze, plot, chart,
            graph, read, reads, load, pandas, data, column, table, matplotlib, overview, describe, visualise,
            visualize, dataset, explore, report, mean, average, draw, draws, drawing
        """,
        never="""
            merge, join, convert, json, excel, database, sqlite, split, duplicates, clean, filter, sort,
            correlation, pivot, group, bar, pie, scatter, write csv, write to, export
        """,
        parameters=(Written("FILE", CSV_FILE, file_name),),
    ),
    Recipe(
        name="csv-reader",
        title="CSV reader",
        summary="Reads a CSV file, and prints it as a table.",
        prompt="read a csv file",
        names=(
            f"{_READ}|import|imports|print|prints|show|shows|display|displays ... csv|{{FILE}}",
            "csv reader|parser|reading",
        ),
        knows=f"""
            {", ".join(_READ.split("|"))}, import, imports, csv, file, row, rows, line, columns, table, data, content,
            contents, module, reader, parser, each, header, local
        """,
        never="""
            create, creates, creating, writing, saving, write csv, write to, write a|an|the|new csv,
            read|reads|reading and write|writes, sum, count, convert, merge, pandas, generate, export,
            plot, chart, summary
        """,
        parameters=(Written("FILE", CSV_FILE, file_name),),
    ),
    Recipe(
        name="json-reader",
        title="JSON reader",
        summary="Parses a JSON file or a sample, and shows how Python gets to each value of it.",
        prompt="parse json",
        names=(f"{_READ} ... json|{{FILE}}", "json parser|reader|parsing|reading"),
        knows=f"""
            {", ".join(_READ.split("|"))}, json, parser, reader, file, string, data, value, key, nested, dictionary,
            dict, object, content, contents, module, extract, access, local
        """,
        never="""
            api, url, csv, writing, saving, write to, write json, write a|an|the|new json,
            read|reads|reading and write|writes, create, generate, schema, scratch
        """,
        parameters=(Written("FILE", JSON_FILE, file_name),),
    ),
    Recipe(
        name="sqlite-example",
        title="SQLite database",
        summary="A small database of books: its table is made, filled, asked and changed.",
        prompt="sqlite database example",
        names=("sqlite|sqlite3",),
        knows="""
            sqlite, database, db, table, insert, inserts, select, query, queries, update, delete, add, data, row, rows,
            crud, connect, connects, connection, operation, sql, book, store, stores, read, file, module, local
        """,
        never="flask, login, csv, todo, contact, migrate, migration, orm, sqlalchemy, injection",
    ),
    Recipe(
        name="regression",
        title="Linear regression",
        summary="The straight line that fits points best, how well it fits, and a plot of both.",
        prompt="linear regression with a plot",
        names=(
            "regression",
            "line of best fit",
            "best fit|fitting line",
            "fit|fits|fitting ... line|linear",
            "trend line",
            "trendline",
            "least squares",
        ),
        knows="""
            linear, regression, fit, fits, fitting, straight, line, point, data, plot, example, numpy, trend, best,
            r, squared, model, scatter, least, squares, matplotlib, slope, through
        """,
        never="""
            logistic, polynomial, multiple, ridge, lasso, sklearn, scikit, csv, scratch, gradient, curve,
            exponential, test, house, prices, symbolic
        """,
    ),
    Recipe(
        name="spreadsheet",
        title="Spreadsheet",
        summary="Makes an Excel file with formulas, bold sums and a chart.",
        prompt="make an excel spreadsheet with a chart",
        names=(
            "excel|xlsx file|sheet|workbook|spreadsheet|table|document",
            "spreadsheet|spreadsheets",
            "openpyxl",
            "xlsx",
        ),
        knows="""
            excel, xlsx, file, sheet, workbook, spreadsheet, formula, chart, openpyxl, budget, table, monthly,
            income, cost, sum, total, save
        """,
        never="""
            read, csv, merge, convert, pandas, google, formulas explained, clone, invoice, update, vlookup, pivot,
            macro, password, all, compare
        """,
    ),
    Recipe(
        name="progress-bar",
        title="Progress bar and table",
        summary="A progress bar while something takes long, and a coloured table of the results.",
        prompt="progress bar with rich",
        names=("progress bar|bars|indicator", "progressbar", "loading bar", "rich table"),
        knows="rich, progress, bar, table, loading, terminal, color, colour, colored, coloured, task, long",
        never="download, upload, tqdm, file, copy, gif, spinner, chart, training, circular",
        parameters=(Number("STEPS", 1, 50, ("# step|item|iteration|task",)),),
    ),
    Recipe(
        name="network-graph",
        title="Network and shortest route",
        summary="A network of towns with NetworkX: its shortest route, and a drawing of it.",
        prompt="shortest route in a network of towns",
        names=(
            "network|networkx graph|diagram|plot|drawing",
            "shortest path|route",
            "networkx",
            "dijkstra",
            "graph of ... town|city|cities|node|nodes|roads",
        ),
        knows="""
            network, networkx, graph, shortest, path, route, find, finds, town, city, node, edge, draw, drawing,
            plot, weighted, dijkstra, road, map, distance, between, algorithm, matplotlib, nodes, two
        """,
        never="""
            maze, social, google, openstreetmap, scratch, heap, neural, traveling, travelling, salesman, bellman,
            interactive, metro, subway, grid, star, a*
        """,
    ),
    Recipe(
        name="image-maker",
        title="Picture maker",
        summary="Paints a sunset with Pillow, and saves it as picture.png.",
        prompt="draw a picture with pillow",
        names=(
            "pillow|pil",
            "draw|paint|create|make|generate ... picture|image",
            "sunset|landscape",
            "png ... picture|image|file",
        ),
        knows="""
            picture, image, draw, paint, sunset, landscape, pillow, pil, png, sky, sea, star, save, file, gradient,
            generator, art, 2 d
        """,
        never="""
            resize, crop, filter, convert, blur, background, thumbnail, watermark, collage, cat, dog, person, face,
            qr, logo, text, dall, stable, diffusion, prompt, grayscale, gif, house, tree, flag, car, flower, from
        """,
        parameters=(
            Number("WIDTH", 16, 4000, ("# by|x @",)),
            Number("HEIGHT", 16, 4000, ("@ by|x #",)),
        ),
    ),
    Recipe(
        name="html-scraping",
        title="Reading a page of HTML",
        summary="Takes facts and links out of a sample page with Beautiful Soup.",
        prompt="parse a sample html page with beautifulsoup",
        names=(
            "beautifulsoup|bs4",
            "beautiful soup",
            "parse|parses|parsing|scrape|scraping|extract ... html",
            "html parser|parsing|scraper|scraping",
            "web scraping|scraper ... example|sample|demo|tutorial",
        ),
        knows="""
            html, page, web, parse, parsing, parser, scrape, scraping, scraper, extract, links, link, title, titles,
            beautifulsoup, bs4, sample, example, price, book, table, book, soup, beautiful
        """,
        never="""
            url, amazon, ebay, selenium, requests, wikipedia, news, download, images, live, markdown, crawler, real,
            google
        """,
    ),
    Recipe(
        name="flask-hello",
        title="Hello with Flask",
        summary="A small website with pages and a JSON endpoint, which visits itself to show that it works.",
        prompt="hello world with flask",
        names=("flask", "website|site ... hello", "hello ... website|site"),
        knows="""
            hello, world, web, website, webpage, page, site, server, route, json, api, endpoint, rest, example,
            minimal, post, get, request, http, browser, html
        """,
        never="""
            login, database, sqlite, template, templates, form, upload, auth, blueprint, todo, blog, deploy, docker,
            gunicorn, chat, jwt, crud, sqlalchemy, cors, calculator, dashboard, quiz, react, css, bootstrap
        """,
    ),
)
